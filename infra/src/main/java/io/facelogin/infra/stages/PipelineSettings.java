package io.facelogin.infra.stages;

import io.facelogin.matcher.index.IndexSettings;
import io.facelogin.models.liveness.LivenessSettings;
import java.util.Optional;

/**
 * What the stages must agree on, and what people tune; each stage's own settings keep their
 * defaults beyond that.
 *
 * @param model name of the encoder, or path of its manifest
 * @param alignment name of the template that faces are aligned to; empty = the encoder's own
 * @param minFacePx smallest face looked for where a camera says nothing else, side of its box
 * @param framesPerSecond most frames taken of one camera that says nothing else
 * @param fpir wanted chance that a stranger is taken for somebody enrolled, per track
 * @param index how the matcher searches its gallery
 * @param mirror encode each face with its mirror image too: better, for twice the encoder's time
 * @param weightsFrom folder or address of a mirror that weights are fetched from at first start;
 *     empty: their place of publication
 * @param liveness what is asked of a face before it opens anything
 */
public record PipelineSettings(
    String model,
    Optional<String> alignment,
    int minFacePx,
    float framesPerSecond,
    double fpir,
    IndexSettings index,
    boolean mirror,
    Optional<String> weightsFrom,
    LivenessSettings liveness) {

  public PipelineSettings {
    if (minFacePx < 20 || minFacePx > 1_000) {
      throw new IllegalArgumentException("minFacePx must be 20 to 1000, got " + minFacePx);
    }
    if (!(framesPerSecond > 0 && framesPerSecond <= 60)) {
      throw new IllegalArgumentException(
          "framesPerSecond must be above 0 and at most 60, got " + framesPerSecond);
    }
    if (!(fpir > 0 && fpir < 1)) {
      throw new IllegalArgumentException("fpir must be between 0 and 1, got " + fpir);
    }
  }

  public static PipelineSettings defaults() {
    return new PipelineSettings(
        "mobilefacenet",
        Optional.empty(),
        40,
        5,
        1e-3,
        IndexSettings.defaults(),
        true,
        Optional.empty(),
        LivenessSettings.defaults());
  }

  public PipelineSettings withLiveness(LivenessSettings newLiveness) {
    return new PipelineSettings(
        model,
        alignment,
        minFacePx,
        framesPerSecond,
        fpir,
        index,
        mirror,
        weightsFrom,
        newLiveness);
  }

  public PipelineSettings withWeightsFrom(String mirror) {
    return new PipelineSettings(
        model,
        alignment,
        minFacePx,
        framesPerSecond,
        fpir,
        index,
        this.mirror,
        Optional.of(mirror),
        liveness);
  }
}
