package io.facelogin.infra.cli;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.infra.embedded.EmbeddedKafka;
import io.facelogin.infra.erasure.ErasureProof;
import io.facelogin.infra.erasure.PersonBefore;
import io.facelogin.infra.erasure.Place;
import io.facelogin.infra.recording.KnownRecordings;
import io.facelogin.infra.rest.RefusedException;
import io.facelogin.infra.rest.SiteConnection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Erases one person everywhere. */
@Command(
    name = "erase",
    description = "Erase a person everywhere, for good.",
    footer = {
      "",
      "Example: face-login erase \"Anna Li\" --yes --proof",
      "Without --yes it asks on a terminal and refuses elsewhere. It ends when the person is",
      "recognised no more. Exit code 1: nobody of that name or id is enrolled, or",
      "something remains."
    })
final class EraseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private SiteOptions site;
  @Mixin private JsonOutput json;

  @Mixin private Confirmation confirmation;

  @Option(
      names = "--proof",
      description =
          "afterwards look into every place where the site keeps anything, and report what was"
              + " found and when the last bytes are gone; on the site's own machine")
  private boolean proof;

  @Option(names = "--consent-withdrawn", description = "the person asked for it: the audit says so")
  private boolean consentWithdrawn;

  @Parameters(paramLabel = "NAME|ID", description = "whole name, or id, of somebody enrolled")
  private String nameOrId;

  @Override
  public Integer call() throws Exception {
    confirmation.requireSomebodyToAsk("Erasing");
    PrintWriter out = spec.commandLine().getOut();
    try (var open = site.open(global, spec.commandLine().getErr())) {
      List<JsonNode> people = named(open.connection());
      if (people.isEmpty()) {
        spec.commandLine().getErr().println("Nobody is enrolled as " + nameOrId);
        return ExitCode.NEGATIVE;
      }
      if (people.size() > 1) {
        throw new MisuseException(
            people.size()
                + " people are called "
                + nameOrId
                + ": give the id of one. "
                + people.stream()
                    .map(one -> one.path("id").asString())
                    .collect(Collectors.joining(", ")));
      }
      JsonNode person = people.get(0);
      if (!confirmation.isGiven("Erase " + person.path("name").asString() + " for good?")) {
        out.println("Nothing was erased");
        return ExitCode.NEGATIVE;
      }
      String id = person.path("id").asString();
      KnownRecordings known = KnownRecordings.of(global.data());
      // Before, since a site that runs here deletes them too, and the report names them.
      List<Path> recordings = known.with(new PersonId(id));
      Optional<PersonBefore> before = proof ? Optional.of(before(person)) : Optional.empty();
      ObjectNode erased =
          (ObjectNode)
              open.connection().delete("/people/" + id + "?consentWithdrawn=" + consentWithdrawn);
      known.deleteThoseWith(new PersonId(id));
      recordings.forEach(
          file -> spec.commandLine().getErr().println("Deleted the recording " + file));
      List<Place> places =
          before.isEmpty() ? List.of() : places(before.get(), open.connection(), recordings);
      report(erased, places, out);
      return places.stream().anyMatch(Place::remains) ? ExitCode.NEGATIVE : ExitCode.DONE;
    }
  }

  private List<JsonNode> named(SiteConnection connection) throws Exception {
    if (isId(nameOrId)) {
      try {
        return List.of(connection.get("/people/" + nameOrId));
      } catch (RefusedException e) {
        if (e.status() == 404) {
          return List.of();
        }
        throw e;
      }
    }
    return PeopleCommand.find(connection, nameOrId).stream()
        .filter(person -> person.path("name").asString().equalsIgnoreCase(nameOrId.strip()))
        .toList();
  }

  private static boolean isId(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private PersonBefore before(JsonNode person) {
    return PersonBefore.of(
        new PersonId(person.path("id").asString()),
        person.path("name").asString(),
        person.path("mail").asStringOpt(),
        kafka());
  }

  private List<Place> places(PersonBefore before, SiteConnection connection, List<Path> recordings)
      throws Exception {
    Map<String, Integer> rows = new LinkedHashMap<>();
    connection
        .get("/people/" + before.id().value() + "/traces")
        .properties()
        .forEach(row -> rows.put(row.getKey(), row.getValue().asInt()));
    return new ErasureProof(before, global.data(), kafka()).report(rows, recordings);
  }

  /** The broker beside the data: what lies on disk can be proved on this machine only. */
  private KafkaConnection kafka() {
    return EmbeddedKafka.lastAddress(global.data().resolve("kafka"))
        .flatMap(kafka -> site.masterKeys(global.data()).map(kafka::withMasterKeys))
        .orElseThrow(
            () ->
                new MisuseException(
                    "--proof reads the files of the site: run it on its machine, with its --data"
                        + " and its master key"));
  }

  private void report(ObjectNode erased, List<Place> places, PrintWriter out) {
    if (json.isWanted()) {
      if (proof) {
        erased.putPOJO("places", places);
        erased.put("remains", places.stream().anyMatch(Place::remains));
      }
      json.print(erased, out);
      return;
    }
    out.printf(
        "Erased %s: %d templates, the name of %d decisions%n",
        erased.path("name").asString(),
        erased.path("templatesErased").asInt(),
        erased.path("decisionsUnlinked").asInt());
    for (Place place : places) {
      out.printf(
          "%s %s: %s (gone: %s)%n",
          place.remains() ? "REMAINS" : "  clear", place.place(), place.found(), place.goneWhen());
    }
  }
}
