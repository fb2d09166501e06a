package io.facelogin.infra.cli;

import io.facelogin.infra.rest.RefusedException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Registers applications that people log in to by face. */
@Command(
    name = "application",
    description = "Register applications that people log in to by face (OpenID Connect).",
    subcommands = {
      ApplicationCommand.Add.class,
      ApplicationCommand.ListApplications.class,
      ApplicationCommand.Remove.class,
      RotateSigningCommand.class
    },
    footer = {
      "",
      "Example: face-login application add \"Time sheets\" \\",
      "  --redirect-uri https://times.example.org/login/oauth2/code/face-login"
    })
final class ApplicationCommand {

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  @Command(
      name = "add",
      description = "Register an application; its secret is shown this once.",
      footer = {
        "",
        "Example: face-login application add Canteen --redirect-uri https://eat.example.org/back",
        "Without --redirect-uri it only gets tokens that a person's page asks for."
      })
  static final class Add implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private JsonOutput json;

    @Parameters(paramLabel = "NAME", description = "what people see at the log-in")
    private String name;

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "client id and audience of its tokens (default: made of the name)")
    private @Nullable String id;

    @Option(
        names = "--redirect-uri",
        split = Settings.LIST_SEPARATOR,
        paramLabel = "URI",
        description = "where browsers are sent back to, compared letter by letter; repeatable")
    private List<String> redirectUris = List.of();

    @Option(
        names = "--post-logout-redirect-uri",
        split = Settings.LIST_SEPARATOR,
        paramLabel = "URI",
        description = "the same after a log-out; repeatable")
    private List<String> postLogoutRedirectUris = List.of();

    @Option(
        names = "--scope",
        split = Settings.LIST_SEPARATOR,
        paramLabel = "SCOPE",
        description =
            "what it may ask for: openid, profile (the name), email; repeatable (default: all)")
    private List<String> scopes = List.of();

    @Option(
        names = "--public",
        description = "it can keep no secret: runs in a browser or telephone")
    private boolean isPublic;

    @Option(names = "--ask-consent", description = "ask each person before anything is told")
    private boolean asksConsent;

    @Option(
        names = "--without-proof-key",
        description = "for an older application that knows no PKCE; not with --public")
    private boolean withoutProofKey;

    @Override
    public Integer call() throws Exception {
      Map<String, Object> wanted = new HashMap<>();
      wanted.put("name", name);
      if (id != null) {
        wanted.put("id", id);
      }
      wanted.put("redirectUris", redirectUris);
      wanted.put("postLogoutRedirectUris", postLogoutRedirectUris);
      wanted.put("scopes", scopes);
      wanted.put("isPublic", isPublic);
      wanted.put("asksConsent", asksConsent);
      wanted.put("needsProofKey", !withoutProofKey);
      PrintWriter out = spec.commandLine().getOut();
      try (var open = site.open(global, spec.commandLine().getErr())) {
        JsonNode made = open.connection().post("/applications", wanted);
        if (json.isWanted()) {
          json.print(made, out);
          return ExitCode.DONE;
        }
        out.println("Client id: " + made.path("application").path("id").asString());
        if (made.path("secret").isString()) {
          out.println("Secret, shown this once: " + made.path("secret").asString());
        }
        return ExitCode.DONE;
      } catch (RefusedException e) {
        throw new MisuseException(String.valueOf(e.getMessage()));
      }
    }
  }

  @Command(
      name = "list",
      description = "List the registered applications.",
      footer = {"", "Example: face-login application list --json"})
  static final class ListApplications implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;
    @Mixin private JsonOutput json;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      try (var open = site.open(global, spec.commandLine().getErr())) {
        JsonNode applications = open.connection().get("/applications");
        if (json.isWanted()) {
          json.print(applications, out);
        } else if (applications.isEmpty()) {
          out.println("No application is registered");
        } else {
          applications.forEach(
              one ->
                  out.printf(
                      "%-24s %-24s %s%n",
                      one.path("id").asString(),
                      one.path("name").asString(),
                      one.path("redirectUris")));
        }
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "remove",
      description = "Take an application off, and with it all that was issued to it.",
      footer = {"", "Example: face-login application remove canteen"})
  static final class Remove implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private SiteOptions site;

    @Parameters(paramLabel = "ID", description = "client id, as list shows it")
    private String id;

    @Override
    public Integer call() throws Exception {
      try (var open = site.open(global, spec.commandLine().getErr())) {
        open.connection().delete("/applications/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        spec.commandLine().getOut().println("Removed " + id);
        return ExitCode.DONE;
      } catch (RefusedException e) {
        if (e.status() == 404) {
          spec.commandLine().getErr().println(e.getMessage());
          return ExitCode.NEGATIVE;
        }
        throw e;
      }
    }
  }
}
