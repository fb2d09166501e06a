package io.facelogin.infra.cli;

import io.facelogin.infra.embedded.EmbeddedKafka;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a whole site in this process. */
@Command(
    name = "up",
    description = "Run a whole site on this machine.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Runnable {

  @Option(
      names = "--data",
      description = "folder that keeps everything (default: ${DEFAULT-VALUE})",
      defaultValue = "data")
  private Path data = Path.of("data");

  @Override
  public void run() {
    EmbeddedKafka.start(data.resolve("kafka")).close();
  }
}
