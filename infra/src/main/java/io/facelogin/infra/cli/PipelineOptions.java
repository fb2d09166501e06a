package io.facelogin.infra.cli;

import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.matcher.index.IndexSettings;
import io.facelogin.models.align.AlignmentTemplate;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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
      names = "--alignment",
      paramLabel = "TEMPLATE",
      description =
          "template that faces are aligned to, for instance arcface-112-affine3, which brings eyes"
              + " and nose to fixed points (default: the encoder's own)")
  private @Nullable String alignment;

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
      names = "--index",
      paramLabel = "WAY",
      defaultValue = "auto",
      description =
          "how the gallery is searched: exact compares with everybody, annoy uses an index, auto"
              + " measures which is better here (default: ${DEFAULT-VALUE})")
  private IndexSettings.Mode index;

  @Option(
      names = "--search-within",
      paramLabel = "MS",
      defaultValue = "10",
      description =
          "milliseconds up to which auto compares with everybody (default: ${DEFAULT-VALUE})")
  private int searchWithinMs;

  @Option(
      names = "--no-mirror",
      description =
          "encode faces without their mirror image: twice as fast, a little less accurate")
  private boolean noMirror;

  @Mixin private LivenessOptions liveness;

  @Option(
      names = "--weights-from",
      paramLabel = "FOLDER|URL",
      description =
          "mirror that the networks of the attack check are fetched from at the first start"
              + " (default: their place of publication)")
  private @Nullable String weightsFrom;

  /**
   * @throws IllegalArgumentException naming the templates there are, if this is none
   */
  private static String known(String alignment) {
    return AlignmentTemplate.named(alignment).name();
  }

  PipelineSettings settings() {
    try {
      return new PipelineSettings(
          model,
          Optional.ofNullable(alignment).map(PipelineOptions::known),
          minFacePx,
          framesPerSecond,
          fpir,
          IndexSettings.defaults()
              .withMode(index)
              .withSearchWithin(Duration.ofMillis(searchWithinMs)),
          !noMirror,
          Optional.ofNullable(weightsFrom),
          liveness.settings());
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }
}
