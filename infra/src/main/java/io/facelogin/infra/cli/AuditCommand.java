package io.facelogin.infra.cli;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.rest.RefusedException;
import io.facelogin.infra.rest.SiteConnection;
import io.facelogin.web.audit.AuditChain;
import io.facelogin.web.audit.AuditEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what was done and decided, and whether it is still what was written. */
@Command(
    name = "audit",
    description = "Read, verify, export and cut the audit.",
    subcommands = {
      AuditCommand.Verify.class,
      AuditCommand.ListEntries.class,
      AuditCommand.Export.class,
      AuditCommand.Cut.class
    },
    footer = {"", "Example: face-login audit verify"})
final class AuditCommand {

  private static final JsonMapper JSON = JsonMapper.shared();

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  @Command(
      name = "verify",
      description = "Walk the chain of hashes and say whether every entry is what was written.",
      footer = {
        "",
        "Example: face-login audit verify --head 9f2c...",
        "Exit code 1: it is broken, or the head is not in it. That the newest entries were cut off",
        "shows only with a --head that was kept elsewhere: the log has it every day, the page"
            + " Audit",
        "always."
      })
  static final class Verify implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private JsonOutput json;

    @Option(
        names = "--head",
        paramLabel = "HASH",
        description = "hash of an entry, kept from before, that must be in the chain")
    private @Nullable String head;

    @Option(
        names = "--export",
        paramLabel = "FILE",
        description = "verify this whole export instead, without asking any site")
    private @Nullable Path export;

    @Override
    public Integer call() throws Exception {
      String wanted = head == null ? "" : head.strip().toLowerCase(Locale.ROOT);
      if (!wanted.isEmpty() && !wanted.matches("[0-9a-f]{64}")) {
        throw new MisuseException("--head must be 64 hexadecimal digits, got " + head);
      }
      JsonNode found = export == null ? asked(wanted) : walked(export, wanted);
      PrintWriter out = spec.commandLine().getOut();
      if (json.isWanted()) {
        json.print(found, out);
      } else {
        out.println(words(found));
      }
      return found.path("intact").asBoolean() ? ExitCode.DONE : ExitCode.NEGATIVE;
    }

    private JsonNode asked(String wanted) throws RefusedException {
      try (var open = site.open(global, spec.commandLine().getErr())) {
        return open.connection().get("/audit/verify?head=" + wanted);
      }
    }

    private static JsonNode walked(Path file, String wanted) {
      AuditChain chain = new AuditChain(wanted.isEmpty() ? null : wanted);
      try (Stream<String> lines = Files.lines(file)) {
        lines.forEach(line -> chain.add(JSON.readValue(line, AuditEntry.class)));
      } catch (IOException | UncheckedIOException e) {
        throw new MisuseException("--export " + file + " cannot be read: " + e);
      } catch (JacksonException | IllegalArgumentException e) {
        throw new MisuseException("--export " + file + " is no export of an audit: " + e);
      }
      return JSON.valueToTree(chain.finding());
    }

    private static String words(JsonNode found) {
      if (!found.path("fault").isNull()) {
        return "Broken: " + found.path("fault").asString();
      }
      String chain =
          found.path("entries").asLong() + " entries, head " + found.path("head").asString();
      return found.path("intact").asBoolean()
          ? "Intact, " + chain
          : "Cut off or another chain: the head asked for is not in it; " + chain;
    }
  }

  @Command(
      name = "list",
      description = "List entries, newest first.",
      footer = {
        "",
        "Example: face-login audit list --action person-erased --from 2026-11-01T00:00:00Z"
      })
  static final class ListEntries implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private AuditFilterOptions filter;
    @Mixin private JsonOutput json;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "50",
        description = "at most so many (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() throws Exception {
      List<JsonNode> entries;
      try (var open = site.open(global, spec.commandLine().getErr())) {
        entries = entries(open.connection());
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json.isWanted()) {
        json.print(entries, out);
      } else {
        entries.forEach(entry -> print(entry, out));
      }
      return ExitCode.DONE;
    }

    private List<JsonNode> entries(SiteConnection connection) throws RefusedException {
      List<JsonNode> entries = new ArrayList<>();
      for (int page = 0; entries.size() < limit; page++) {
        JsonNode answer = connection.get("/audit?" + filter.query() + "page=" + page);
        answer.path("entries").forEach(entries::add);
        if (answer.path("entries").isEmpty()) {
          break;
        }
      }
      return entries.subList(0, Math.min(limit, entries.size()));
    }

    private static void print(JsonNode entry, PrintWriter out) {
      out.printf(
          "%d  %s  %s  %s  %s  %s%n",
          entry.path("number").asLong(),
          entry.path("at").asString(),
          entry.path("actor").asString(),
          entry.path("action").asString(),
          entry.path("subject").asString(""),
          entry.path("details").isEmpty() ? "" : entry.path("details"));
    }
  }

  @Command(
      name = "export",
      description = "Write entries to a file, an object a line, oldest first.",
      footer = {
        "",
        "Example: face-login audit export --out audit.jsonl",
        "An export of everything can be verified anywhere: face-login audit verify --export FILE."
      })
  static final class Export implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private AuditFilterOptions filter;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "file to make anew (default: standard output)")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
      try (var open = site.open(global, spec.commandLine().getErr())) {
        String path = "/audit/export.jsonl?" + filter.query();
        if (out == null) {
          open.connection().lines(path, spec.commandLine().getOut()::println);
        } else {
          try (var file = new PrintWriter(Files.newBufferedWriter(out))) {
            open.connection().lines(path, line -> file.print(line + "\n"));
            if (file.checkError()) {
              throw new OutsideMissingException("Cannot write all of " + out);
            }
          } catch (IOException e) {
            throw new OutsideMissingException("Cannot write " + out + " (" + e + ")", e);
          }
        }
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "cut",
      description =
          "Cut off old entries for good; an entry says where, so the rest stays verifiable.",
      footer = {
        "",
        "Example: face-login audit cut --before 2025-01-01T00:00:00Z --yes",
        "The newest 30 days always stay. Export first what must be kept."
      })
  static final class Cut implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private JsonOutput json;

    @Option(
        names = "--before",
        required = true,
        paramLabel = "TIME",
        description = "ISO-8601 with zone; what is older goes")
    private Instant before;

    @Option(names = "--yes", required = true, description = "confirms it")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
      if (!yes) {
        throw new MisuseException("Cutting cannot be undone: confirm it with --yes");
      }
      PrintWriter out = spec.commandLine().getOut();
      try (var open = site.open(global, spec.commandLine().getErr())) {
        JsonNode cut = open.connection().post("/audit/cut?before=" + encoded(before), Map.of());
        if (json.isWanted()) {
          json.print(cut, out);
        } else {
          out.println("Cut off " + cut.path("entriesCut").asInt() + " entries");
        }
        return ExitCode.DONE;
      } catch (RefusedException e) {
        throw new MisuseException(String.valueOf(e.getMessage()));
      }
    }
  }

  static String encoded(Object value) {
    return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }
}
