package io.facelogin.infra.cli;

import io.facelogin.infra.stages.PipelineSettings;
import picocli.CommandLine.Option;

/** The options that a site and a single worker have in common. */
final class PipelineOptions {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "mobilefacenet",
      description = "encoder, by name or by the path of its manifest (default: ${DEFAULT-VALUE})")
  private String model;

  @Option(
      names = "--min-face",
      paramLabel = "PX",
      defaultValue = "40",
      description =
          "smallest face looked for, side of its box in pixels (default: ${DEFAULT-VALUE})")
  private int minFacePx;

  @Option(
      names = "--frames-per-second",
      paramLabel = "N",
      defaultValue = "5",
      description = "most frames taken of a camera each second (default: ${DEFAULT-VALUE})")
  private float framesPerSecond;

  @Option(
      names = "--fpir",
      paramLabel = "RATE",
      defaultValue = "0.001",
      description =
          "wanted chance that a stranger is taken for somebody enrolled (default: ${DEFAULT-VALUE})")
  private double fpir;

  @Option(
      names = "--no-mirror",
      description =
          "encode faces without their mirror image: twice as fast, a little less accurate")
  private boolean noMirror;

  PipelineSettings settings() {
    try {
      return new PipelineSettings(model, minFacePx, framesPerSecond, fpir, !noMirror);
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }
}
