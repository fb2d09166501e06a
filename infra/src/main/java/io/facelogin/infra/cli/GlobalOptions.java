package io.facelogin.infra.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has. */
@SuppressWarnings("UnusedVariable") // picocli acts on some of them itself
final class GlobalOptions {

  static final String DEFAULT_DATA = "data";

  @Option(
      names = {"--data", "--data-dir"},
      paramLabel = "DIR",
      defaultValue = DEFAULT_DATA,
      description =
          "folder that keeps everything over restarts (default: ${DEFAULT-VALUE};"
              + " environment: FACE_LOGIN_DATA_DIR)")
  private Path data = Path.of(DEFAULT_DATA);

  // Settings and Faults read these two before picocli does; they stand here for help and checking.
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file of settings, one `name: value` a line, names as the options'"
              + " (default: face-login.yaml in the data folder or else here)")
  private @Nullable Path config;

  @Option(names = "--verbose", description = "show the stack trace of a fault")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  private boolean help;

  Path data() {
    return data;
  }

  Path models() {
    return data.resolve("models");
  }
}
