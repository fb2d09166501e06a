package io.facelogin.infra.cli;

import io.facelogin.infra.rest.RefusedException;
import io.facelogin.infra.rest.SiteConnection;
import java.io.PrintWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives access and takes it back. */
@Command(
    name = "token",
    description = "Give access to programs and people, list it and take it back.",
    subcommands = {
      TokenCommand.Create.class,
      TokenCommand.ListTokens.class,
      TokenCommand.Revoke.class,
      TokenCommand.AdminLink.class
    },
    footer = {"", "Example: face-login token create --name \"door 1\" --role viewer --days 365"})
final class TokenCommand {

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  private static URI link(SiteConnection connection, JsonNode made) {
    return connection.url().resolve(made.path("link").asString());
  }

  @Command(
      name = "create",
      description = "Make a token; it is shown this once.",
      footer = {
        "",
        "Example: face-login token create --name \"reception\" --role operator --days 30 --json",
        "Programs send it as \"Authorization: Bearer TOKEN\"; people open the link."
      })
  static final class Create implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private JsonOutput json;

    @Option(
        names = "--name",
        required = true,
        paramLabel = "TEXT",
        description = "whom or what it is for")
    private String name;

    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        description =
            "viewer (looks), operator (also cameras, enrolment, export) or admin (everything)")
    private String role;

    @ArgGroup private @Nullable Validity validity;

    /** How long it is valid; without either, the site's 90 days. */
    static final class Validity {

      @Option(
          names = "--days",
          paramLabel = "N",
          description = "days until it expires, 1 to 3650 (default: 90)")
      private @Nullable Integer days;

      @Option(names = "--unlimited", description = "it never expires")
      private boolean unlimited;
    }

    @Override
    public Integer call() throws Exception {
      Map<String, Object> wanted = new HashMap<>(Map.of("name", name, "role", role));
      if (validity != null && validity.unlimited) {
        wanted.put("unlimited", true);
      } else if (validity != null && validity.days != null) {
        wanted.put("days", validity.days);
      }
      PrintWriter out = spec.commandLine().getOut();
      try (var open = site.open(global, spec.commandLine().getErr())) {
        JsonNode made = open.connection().post("/tokens", wanted);
        if (json.isWanted()) {
          json.print(made, out);
        } else {
          out.println(made.path("token").asString());
          spec.commandLine()
              .getErr()
              .printf(
                  "Shown this once; %s, %s, %s. In a browser: %s%n",
                  made.path("name").asString(),
                  made.path("role").asString(),
                  end(made),
                  link(open.connection(), made));
        }
        return ExitCode.DONE;
      } catch (RefusedException e) {
        throw new MisuseException(String.valueOf(e.getMessage()));
      }
    }
  }

  private static String end(JsonNode token) {
    return token.path("expiresAt").isNull()
        ? "never expires"
        : "expires " + token.path("expiresAt").asString();
  }

  @Command(
      name = "list",
      description = "List the tokens, valid ones first; what they say is kept nowhere.",
      footer = {"", "Example: face-login token list --json"})
  static final class ListTokens implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private JsonOutput json;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      try (var open = site.open(global, spec.commandLine().getErr())) {
        JsonNode tokens = open.connection().get("/tokens");
        if (json.isWanted()) {
          json.print(tokens, out);
        } else {
          tokens.forEach(token -> print(token, out));
        }
      }
      return ExitCode.DONE;
    }

    private static void print(JsonNode token, PrintWriter out) {
      out.printf(
          "%s  %-8s  %-7s  %-25s  %s, %s%n",
          token.path("id").asString(),
          token.path("role").asString(),
          token.path("state").asString(),
          token.path("name").asString(),
          end(token),
          token.path("lastUsedAt").isNull()
              ? "not used yet"
              : "last used " + token.path("lastUsedAt").asString());
    }
  }

  @Command(
      name = "revoke",
      description = "Take a token back: it is refused from now on, and what it opened ends.",
      footer = {
        "",
        "Example: face-login token revoke 7d0e3c1a-3c0f-4b6e-9d0e-2f6f0f0d2b11",
        "The id is that of `token list`. Exit code 1: no valid token has it."
      })
  static final class Revoke implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private JsonOutput json;

    @Parameters(paramLabel = "ID", description = "of the token")
    private UUID id;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      boolean revoked = true;
      try (var open = site.open(global, spec.commandLine().getErr())) {
        open.connection().delete("/tokens/" + id);
      } catch (RefusedException e) {
        if (e.status() != 404) {
          throw e;
        }
        revoked = false;
      }
      if (json.isWanted()) {
        json.print(Map.of("id", id.toString(), "revoked", revoked), out);
      } else {
        out.println(revoked ? "Revoked " + id : "No valid token has the id " + id);
      }
      return revoked ? ExitCode.DONE : ExitCode.NEGATIVE;
    }
  }

  @Command(
      name = "admin-link",
      description = "Make a new administrator's link, for whoever lost it.",
      footer = {
        "",
        "Example: face-login token admin-link --renew",
        "It needs the data folder, or an administrator's token. The earlier link is revoked."
      })
  static final class AdminLink implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private JsonOutput json;

    @Option(
        names = "--renew",
        required = true,
        description = "confirms that the earlier link is revoked")
    private boolean renew;

    @Override
    public Integer call() throws Exception {
      if (!renew) {
        throw new MisuseException("The earlier link is revoked by this: confirm it with --renew");
      }
      PrintWriter out = spec.commandLine().getOut();
      try (var open = site.open(global, spec.commandLine().getErr())) {
        JsonNode made = open.connection().post("/tokens/administrator-link", Map.of());
        if (json.isWanted()) {
          json.print(
              ((ObjectNode) made).put("link", link(open.connection(), made).toString()), out);
        } else if (open.own().isPresent()) {
          out.println(
              "Administrator's link, below the address that `face-login up` prints; shown this"
                  + " once:");
          out.println("  " + made.path("link").asString());
        } else {
          out.println("Administrator's link, shown this once; keep it like a password:");
          out.println("  " + link(open.connection(), made));
        }
      }
      return ExitCode.DONE;
    }
  }
}
