package io.facelogin.infra.cli;

import io.facelogin.infra.rest.SiteConnection;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Lists who is enrolled. */
@Command(
    name = "people",
    description = "List who is enrolled.",
    footer = {
      "",
      "Example: face-login people --query li",
      "prints everybody with that in name or mail; with --json a list of objects."
    })
final class PeopleCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private SiteOptions site;
  @Mixin private JsonOutput json;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "part of a name or mail address (default: everybody)")
  private String query;

  @Override
  public Integer call() throws Exception {
    List<JsonNode> people;
    try (var open = site.open(global, spec.commandLine().getErr())) {
      people = find(open.connection(), query);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(people, out);
    } else if (people.isEmpty()) {
      out.println(query.isEmpty() ? "Nobody is enrolled" : "Nobody of that name is enrolled");
    } else {
      people.forEach(person -> print(person, out));
    }
    return ExitCode.DONE;
  }

  /** All pages of the answer. */
  static List<JsonNode> find(SiteConnection connection, String query) throws Exception {
    String text = URLEncoder.encode(query, StandardCharsets.UTF_8);
    List<JsonNode> people = new ArrayList<>();
    for (int page = 0; ; page++) {
      JsonNode answer = connection.get("/people?q=" + text + "&page=" + page);
      answer.path("people").forEach(people::add);
      if (answer.path("people").isEmpty() || people.size() >= answer.path("total").asInt()) {
        return people;
      }
    }
  }

  private static void print(JsonNode person, PrintWriter out) {
    out.printf(
        "%s  %-30s  %s  %s%s%n",
        person.path("id").asString(),
        person.path("name").asString(),
        person.path("enrolledAt").asString(),
        person.path("mail").isString() ? person.path("mail").asString() : "",
        person.path("weak").asBoolean() ? " (weak: one photograph only)" : "");
  }
}
