package io.facelogin.infra.cli;

import io.facelogin.infra.rest.RefusedException;
import io.facelogin.infra.rest.SiteConnection;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Scanner;
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
      "recognised no more. Exit code 1: nobody of that name or id is enrolled."
    })
final class EraseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private SiteOptions site;
  @Mixin private JsonOutput json;

  @Option(names = "--yes", description = "do not ask")
  private boolean yes;

  @Option(
      names = "--proof",
      description = "afterwards ask the site for the person again and report what it says")
  private boolean proof;

  @Option(names = "--consent-withdrawn", description = "the person asked for it: the audit says so")
  private boolean consentWithdrawn;

  @Parameters(paramLabel = "NAME|ID", description = "whole name, or id, of somebody enrolled")
  private String nameOrId;

  @Override
  public Integer call() throws Exception {
    if (!yes && !Terminal.isInteractive()) {
      throw new MisuseException("Erasing cannot be undone: confirm it with --yes");
    }
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
      if (!yes && !confirmed(person)) {
        out.println("Nothing was erased");
        return ExitCode.NEGATIVE;
      }
      String id = person.path("id").asString();
      ObjectNode erased =
          (ObjectNode)
              open.connection().delete("/people/" + id + "?consentWithdrawn=" + consentWithdrawn);
      if (proof) {
        erased.put("stillEnrolled", isEnrolled(open.connection(), id));
      }
      report(erased, out);
      return erased.path("stillEnrolled").asBoolean(false) ? ExitCode.FAULT_OF_OURS : ExitCode.DONE;
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

  private boolean confirmed(JsonNode person) {
    PrintWriter err = spec.commandLine().getErr();
    err.print("Erase " + person.path("name").asString() + " for good? [y/N] ");
    err.flush();
    try (var in = new Scanner(System.in, StandardCharsets.UTF_8)) {
      return in.hasNextLine() && in.nextLine().strip().equalsIgnoreCase("y");
    }
  }

  private static boolean isEnrolled(SiteConnection connection, String id) throws RefusedException {
    try {
      connection.get("/people/" + id);
      return true;
    } catch (RefusedException e) {
      if (e.status() == 404) {
        return false;
      }
      throw e;
    }
  }

  private void report(JsonNode erased, PrintWriter out) {
    if (json.isWanted()) {
      json.print(erased, out);
      return;
    }
    out.printf(
        "Erased %s: %d templates, the name of %d decisions%n",
        erased.path("name").asString(),
        erased.path("templatesErased").asInt(),
        erased.path("decisionsUnlinked").asInt());
    if (erased.has("stillEnrolled")) {
      out.println(
          erased.path("stillEnrolled").asBoolean()
              ? "The site still knows the person: this is a fault of face-login"
              : "The site knows nobody of that id any more");
    }
  }
}
