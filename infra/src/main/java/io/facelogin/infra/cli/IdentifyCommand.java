package io.facelogin.infra.cli;

import io.facelogin.infra.rest.Multipart;
import io.facelogin.infra.rest.RefusedException;
import io.facelogin.infra.rest.SiteConnection;
import io.facelogin.models.picture.UnusablePictureException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks a site who is on pictures or videos. */
@Command(
    name = "identify",
    description = "Say who is on pictures or videos.",
    footer = {
      "",
      "Example: face-login identify --json visitor.jpg clip.mp4",
      "prints one object for one file and a list for several. The largest face counts; the best",
      "frames of a video are judged together. Exit code 0: everybody was recognised; 1: somebody"
          + " was",
      "not; 2: a file cannot be read, which has an error in place of the answer."
    })
final class IdentifyCommand implements Callable<Integer> {

  private static final JsonMapper JSON = new JsonMapper();

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private SiteOptions site;
  @Mixin private ModelOptions models;
  @Mixin private JsonOutput json;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "pictures or videos; a folder stands for the pictures in it")
  private List<Path> files;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<Path> inputs = InputFiles.expanded(files);
    List<JsonNode> answers = new ArrayList<>();
    try (var open = site.open(global, spec.commandLine().getErr());
        var probes = new Probes(models, global.models())) {
      for (Path file : inputs) {
        JsonNode answer = identify(open.connection(), probes, file);
        answers.add(answer);
        if (!json.isWanted()) {
          print(answer, out);
        }
      }
    }
    if (json.isWanted()) {
      json.print(answers.size() == 1 ? answers.get(0) : answers, out);
    }
    return exitCode(answers);
  }

  private static JsonNode identify(SiteConnection connection, Probes probes, Path file)
      throws Exception {
    Probe probe;
    try {
      probe = probes.of(file);
    } catch (UnusablePictureException e) {
      return unusable(file, String.valueOf(e.getMessage()));
    }
    var form = new Multipart().field("together", Boolean.toString(probe.isVideo()));
    for (byte[] picture : probe.pictures()) {
      form.file("files", "picture", picture);
    }
    try {
      ObjectNode answer = (ObjectNode) connection.post("/identify", form).get(0);
      // The answer calls it by a name of ours.
      return named(file, answer);
    } catch (RefusedException e) {
      return unusable(file, String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode named(Path file, ObjectNode answer) {
    ObjectNode named = JSON.createObjectNode().put("image", file.toString());
    answer.remove("image");
    named.setAll(answer);
    return named;
  }

  private static JsonNode unusable(Path file, String error) {
    return JSON.createObjectNode().put("image", file.toString()).put("error", error);
  }

  private static int exitCode(List<JsonNode> answers) {
    if (answers.stream().anyMatch(answer -> answer.has("error"))) {
      return ExitCode.MISUSE;
    }
    return answers.stream().allMatch(IdentifyCommand::isAccepted)
        ? ExitCode.DONE
        : ExitCode.NEGATIVE;
  }

  private static boolean isAccepted(JsonNode answer) {
    return answer.path("decision").asString("").equals("ACCEPTED");
  }

  private static void print(JsonNode answer, PrintWriter out) {
    out.print(answer.get("image").asString() + ": ");
    if (answer.has("error")) {
      out.println(answer.get("error").asString());
    } else if (isAccepted(answer)) {
      out.printf(
          Locale.ROOT,
          "%s (similarity %.3f, known from %.3f on)%n",
          answer.path("person").path("name").asString(),
          answer.path("similarity").asDouble(),
          answer.path("threshold").asDouble());
    } else {
      out.printf(
          Locale.ROOT,
          "nobody recognised: %s%s%n",
          Words.reasons(answer.path("reasons")),
          answer.path("similarity").isNumber()
              ? String.format(
                  Locale.ROOT, " (best similarity %.3f)", answer.get("similarity").asDouble())
              : "");
    }
    out.flush();
  }
}
