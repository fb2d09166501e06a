package io.facelogin.infra.cli;

import io.facelogin.contract.kafka.Retention;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options about how long is kept what was seen. */
final class RetentionOptions {

  @Option(
      names = "--keep-decisions",
      paramLabel = "DAYS",
      defaultValue = "30",
      description = "after this a decision is forgotten (default: ${DEFAULT-VALUE})")
  private int decisionsDays;

  @Option(
      names = "--keep-faces",
      paramLabel = "DAYS",
      defaultValue = "1",
      description =
          "after this pictures and vectors of faces are forgotten that passed through, unknown"
              + " people's too, at the latest; 0.5 is twelve hours (default: ${DEFAULT-VALUE})")
  private double facesDays;

  Retention settings() {
    try {
      return new Retention(
          Duration.ofDays(decisionsDays),
          Duration.ofSeconds(Math.round(facesDays * Duration.ofDays(1).toSeconds())));
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }
}
