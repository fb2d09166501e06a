package io.facelogin.models.manifest;

import io.facelogin.contract.ModelId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One network as its YAML file describes it; {@link ManifestYaml} reads and checks that.
 *
 * @param id the name that people type and that every embedding carries
 * @param files what the network is loaded from, all of them
 * @param alternatives files each of which serves alone in place of {@code files}, such as another
 *     framework's publication of the same weights
 * @param alignment name of the template that crops must have; encoders only
 * @param dimension length of the embeddings; encoders only
 * @param usualLength median length of the raw vectors that the network gives for good faces, see
 *     {@link io.facelogin.models.RatedEncoder}; absent where nobody measured it
 * @param licence of the weights, not of code
 * @param needsAcceptance whether somebody must accept the licence by name before the weights are
 *     fetched: it forbids a use that many have in mind
 * @param trainingData whose pictures it was made from, as far as known
 * @param origin where the weights come from and how they got here
 */
public record Manifest(
    ModelId id,
    Kind kind,
    Architecture architecture,
    List<WeightFile> files,
    List<WeightFile> alternatives,
    Input input,
    Optional<String> alignment,
    OptionalInt dimension,
    OptionalDouble usualLength,
    String licence,
    boolean needsAcceptance,
    String trainingData,
    String origin,
    Measured measured) {

  /** What the network is for. */
  public enum Kind {
    DETECTOR,
    ENCODER,
    ATTACK_DETECTOR
  }

  /** How the network is built; ONNX files bring their own graph. */
  public enum Architecture {
    MTCNN,
    MOBILEFACENET,
    MOBILEFACENET_RELU6,
    EDGEFACE_XS,
    INCEPTION_RESNET_V1,
    MINIFASNET,
    ONNX
  }

  /** Format of a weight file. */
  public enum Format {
    SAFETENSORS,
    PYTORCH,
    TENSORFLOW,
    NUMPY,
    ONNX
  }

  /**
   * One weight file.
   *
   * @param name under which it lies in the store and in mirrors
   * @param sha256 64 lower-case hexadecimal digits
   * @param publication addresses (http, https) from which it can be fetched
   * @param npm the package that holds it; absent if none does
   */
  public record WeightFile(
      String name,
      Format format,
      long sizeBytes,
      String sha256,
      List<String> publication,
      Optional<NpmEntry> npm) {}

  /**
   * A file within an npm package.
   *
   * @param name of the package, without version
   * @param path within the package, without its leading "package/"
   */
  public record NpmEntry(String name, String version, String path) {

    /** As {@code npm pack} names its file. */
    public String tarball() {
      return name.replaceFirst("^@", "").replace('/', '-') + "-" + version + ".tgz";
    }
  }

  /**
   * What the network wants to be fed with.
   *
   * @param sidePx of the square input; absent where any size will do
   */
  public record Input(OptionalInt sidePx, ChannelOrder channels, Normalisation normalisation) {}

  public enum ChannelOrder {
    RGB,
    BGR
  }

  /** How bytes 0..255 become input values. */
  public sealed interface Normalisation {
    /**
     * (value - mean) / scale, one number for all channels or one per channel in the order of the
     * input.
     */
    record Fixed(List<Float> mean, List<Float> scale) implements Normalisation {}

    /** (value - mean of the picture) / max(its deviation, 1/sqrt(number of values)). */
    record Prewhiten() implements Normalisation {}
  }

  /**
   * Rates that somebody measured; the manifest's {@code measured.how} says on what.
   *
   * @param impostorSimilarity thresholds of cosine similarity by false match rate, most frequent
   *     first; empty where nobody measured it
   * @param impostorDistribution the whole distribution and its tail; {@link #impostors} falls back
   *     to the table where nobody measured it
   * @param verificationThreshold default for "are these two the same person?"
   * @param lfwAccuracy share of 6,000 pairs judged right
   * @param attackThreshold mean attack score over the pictures of a track from which on it is taken
   *     for an attack; attack detectors only
   */
  public record Measured(
      String how,
      List<ImpostorRate> impostorSimilarity,
      Optional<ImpostorDistribution> impostorDistribution,
      OptionalDouble verificationThreshold,
      OptionalDouble lfwAccuracy,
      OptionalDouble lfwAccuracyMirrored,
      OptionalDouble attackThreshold) {

    /**
     * What thresholds are derived from: the measured distribution, or the table of thresholds.
     *
     * @return empty where nobody measured either
     */
    public Optional<ImpostorDistribution> impostors() {
      return impostorDistribution.or(
          () ->
              impostorSimilarity.size() < 2
                  ? Optional.empty()
                  : Optional.of(ImpostorDistribution.ofTable(impostorSimilarity)));
    }
  }

  /**
   * @param falseMatchRate share of pairs of different people whose similarity reaches the threshold
   * @param threshold cosine similarity
   * @param trueAcceptRate share of pairs of the same person that reach it
   */
  public record ImpostorRate(
      double falseMatchRate, double threshold, OptionalDouble trueAcceptRate) {}

  /** Side of the input for those networks that have one. */
  public int sidePx() {
    return input.sidePx().orElseThrow(() -> lacks("input.side-px"));
  }

  public String alignmentOrThrow() {
    return alignment.orElseThrow(() -> lacks("alignment"));
  }

  public int dimensionOrThrow() {
    return dimension.orElseThrow(() -> lacks("dimension"));
  }

  /** See {@link Measured#attackThreshold}. */
  public double attackThresholdOrThrow() {
    return measured.attackThreshold().orElseThrow(() -> lacks("measured.attack-threshold"));
  }

  private IllegalStateException lacks(String field) {
    return new IllegalStateException("The manifest of " + id + " has no " + field);
  }
}
