package io.facelogin.infra.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Makes a new key that signs tokens. */
@Command(
    name = "rotate-signing",
    description = "Sign tokens for applications with a new key from now on.",
    footer = {
      "",
      "Example: face-login application rotate-signing",
      "The site does so by itself (--signing-key-days). Tokens of the old key stay valid until"
          + " they",
      "run out, unless it is revoked."
    })
final class RotateSigningCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private SiteOptions site;
  @Mixin private JsonOutput json;

  @Option(
      names = "--revoke",
      description = "refuse what the old keys have signed at once, as after a theft")
  private boolean revoke;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (var open = site.open(global, spec.commandLine().getErr())) {
      JsonNode key = open.connection().post("/signing-keys/rotate", Map.of("revoke", revoke));
      if (json.isWanted()) {
        json.print(key, out);
      } else {
        out.println("Tokens are signed with the key " + key.path("id").asString() + " from now on");
      }
    }
    return ExitCode.DONE;
  }
}
