package io.facelogin.infra.cli;

import io.facelogin.contract.secret.MasterKeyException;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.backup.Restore;
import io.facelogin.web.backup.UnusableBackupException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds a data folder from a backup. */
@Command(
    name = "restore",
    description = "Build a site from a backup, in a new data folder.",
    footer = {
      "",
      "Example: face-login restore /backups/monday.backup --data new --master-key-file master.key",
      "Nothing is left behind if it fails. Who was erased since stays away: the list that the site",
      "keeps beside its backups tells, or the audit of the site that is replaced (--erased-since).",
      "Tokens do not come back: the first start prints a new administrator's link. Exit code 2:"
          + " the",
      "file, the key or the folder cannot be used."
    })
final class RestoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private JsonOutput json;

  @Option(
      names = "--master-key-file",
      required = true,
      paramLabel = "FILE",
      description = "the master key of the site that made the backup")
  private Path masterKeyFile;

  @Option(
      names = "--erased-since",
      paramLabel = "FILE",
      description = "export of the whole audit of the site that is replaced")
  private @Nullable Path erasedSince;

  @Option(
      names = "--erased-unknown",
      description = "restore although nothing tells who was erased since: they come back")
  private boolean erasedUnknown;

  @Parameters(paramLabel = "FILE", description = "the backup")
  private Path file;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Restore restore =
        new Restore(
            file,
            global.data(),
            masterKeys(),
            Optional.ofNullable(erasedSince),
            erasedUnknown,
            line -> {
              err.println(line);
              err.flush();
            });
    try {
      report(restore.run());
      return ExitCode.DONE;
    } catch (UnusableBackupException e) {
      throw new MisuseException(String.valueOf(e.getMessage()));
    }
  }

  private MasterKeys masterKeys() {
    try {
      return MasterKeys.read(masterKeyFile);
    } catch (MasterKeyException e) {
      throw new MisuseException(String.valueOf(e.getMessage()));
    }
  }

  private void report(Restore.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("data", result.target().toString());
      facts.put("madeAt", result.madeAt().toString());
      facts.put("people", result.people());
      facts.put("leftOut", result.leftOut());
      facts.put(
          "erasedUntil", result.erasedUntil() == null ? null : result.erasedUntil().toString());
      json.print(facts, out);
      return;
    }
    out.printf(
        "Restored into %s: %d people as of %s, %d left out%n",
        result.target(), result.people(), result.madeAt(), result.leftOut());
    out.println(
        result.erasedUntil() == null
            ? "Nobody knows who was erased since: whoever was is back"
            : "Erasures are known until " + result.erasedUntil());
    out.println(
        "Start it: face-login up --data "
            + result.target()
            + " --master-key-file "
            + masterKeyFile);
  }
}
