package io.facelogin.infra.cli;

import io.facelogin.infra.rest.Multipart;
import io.facelogin.infra.rest.RefusedException;
import io.facelogin.models.picture.UnusablePictureException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Enrols one person. */
@Command(
    name = "enrol",
    description = "Enrol a person from pictures or videos, with the person's consent.",
    footer = {
      "",
      "Example: face-login enrol --name \"Anna Li\" --mail anna@example.org anna1.jpg anna2.jpg",
      "Three to five pictures in different poses are best; a single one is enough, and marked as",
      "weak. Of a video the best frames are taken. Each shows that person only. Whoever runs this",
      "confirms that the person agrees. Exit code 1: refused, with the reasons; 2: a file cannot"
          + " be",
      "used."
    })
final class EnrolCommand implements Callable<Integer> {

  private static final JsonMapper JSON = new JsonMapper();

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private SiteOptions site;
  @Mixin private ModelOptions models;
  @Mixin private JsonOutput json;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "what the person is called")
  private String name;

  @Option(names = "--mail", paramLabel = "MAIL", description = "the person's mail address")
  private @Nullable String mail;

  @Option(
      names = "--allow-duplicate",
      description = "enrol also when somebody who looks the same is enrolled already")
  private boolean allowDuplicate;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "pictures or videos; a folder stands for the pictures in it")
  private List<Path> files;

  @Override
  public Integer call() throws Exception {
    List<Path> inputs = InputFiles.expanded(files);
    ArrayNode unreadable = JSON.createArrayNode();
    var form =
        new Multipart()
            .field("name", name)
            .field("consent", "true")
            .field("source", "cli")
            .field("allowDuplicate", Boolean.toString(allowDuplicate));
    if (mail != null) {
      form.field("mail", mail);
    }
    List<Path> sent = new ArrayList<>();
    try (var probes = new Probes(models, global.models())) {
      for (Path file : inputs) {
        try {
          for (byte[] picture : probes.of(file).pictures()) {
            form.file("files", file.getFileName().toString(), picture);
          }
          sent.add(file);
        } catch (UnusablePictureException e) {
          unreadable.addObject().put("image", file.toString()).put("error", e.getMessage());
        }
      }
    }
    if (sent.isEmpty()) {
      return report(JSON.createObjectNode(), unreadable, ExitCode.MISUSE);
    }
    try (var open = site.openOrCreate(global, spec.commandLine().getErr())) {
      JsonNode enrolled = open.connection().post("/people", form);
      return report(enrolled, unreadable, ExitCode.DONE);
    } catch (RefusedException e) {
      if (e.status() == 400) {
        throw new MisuseException(String.valueOf(e.getMessage()));
      }
      // Pictures that cannot be used are one thing; a person who may not be enrolled another.
      int code = e.problem().has("leftOut") ? ExitCode.MISUSE : ExitCode.NEGATIVE;
      return report(e.problem(), unreadable, code);
    }
  }

  private int report(JsonNode answer, ArrayNode unreadable, int code) {
    boolean enrolled = answer.has("id");
    answer.path("leftOut").forEach(unreadable::add);
    boolean anyError = false;
    for (JsonNode picture : unreadable) {
      anyError |= picture.path("error").isString();
    }
    if (json.isWanted()) {
      ObjectNode result = JSON.createObjectNode().put("enrolled", enrolled);
      for (String field : List.of("id", "name", "weak", "templates", "reasons", "duplicateOf")) {
        if (answer.has(field)) {
          result.set(field, answer.get(field));
        }
      }
      result.set("leftOut", unreadable);
      json.print(result, spec.commandLine().getOut());
    } else {
      print(answer, enrolled, unreadable);
    }
    return enrolled && anyError ? ExitCode.MISUSE : code;
  }

  private void print(JsonNode answer, boolean enrolled, ArrayNode leftOut) {
    PrintWriter out = spec.commandLine().getOut();
    for (JsonNode picture : leftOut) {
      out.printf(
          "Left out %s: %s%n",
          picture.path("image").asString(),
          picture.path("error").isString()
              ? picture.get("error").asString()
              : Words.reasons(picture.path("reasons")));
    }
    if (enrolled) {
      out.printf(
          "Enrolled %s from %d pictures%s%nId %s%n",
          answer.path("name").asString(),
          answer.path("templates").asInt(),
          answer.path("weak").asBoolean() ? " (weak: more pictures make it surer)" : "",
          answer.path("id").asString());
    } else {
      out.printf("Not enrolled: %s", answer.path("detail").asString("no file can be used"));
      out.println(
          answer.path("reasons").isEmpty()
              ? ""
              : " (" + Words.reasons(answer.path("reasons")) + ")");
      if (answer.has("duplicateOf")) {
        out.printf(
            "Looks like %s, who is enrolled. Are they two people? Then --allow-duplicate%n",
            answer.path("duplicateOf").path("name").asString());
      }
    }
  }
}
