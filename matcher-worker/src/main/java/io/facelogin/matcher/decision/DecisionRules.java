package io.facelogin.matcher.decision;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.decision.Decision.Accepted;
import io.facelogin.matcher.decision.Decision.Rejected;
import io.facelogin.matcher.decision.Decision.Unknown;
import io.facelogin.matcher.decision.ThresholdPolicy.Threshold;
import io.facelogin.matcher.gallery.Gallery;
import io.facelogin.matcher.index.Candidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The heart of the system: who is it? Any number of threads.
 *
 * <p>A person's score is the cosine between the mean of the probe's frames, weighted by their
 * quality, and the best of the person's templates: one search, complete over the gallery. On clips
 * of real people this separates better than the mean of the similarities of single frames, for
 * noise of single frames cancels out: the record of this decision is in docs/decisions.
 */
public final class DecisionRules {

  /** Best and runner-up. */
  private static final int PEOPLE = 2;

  /** One frame in so many may name somebody else before the track is in conflict. */
  private static final int NAMED_FRAMES_PER_STRAY = 8;

  /**
   * Length of the mean of unit vectors, 1 if all are equal. Tracks of real people stayed above
   * 0.77, hands before the face included; half one person and half another gives about 0.7.
   */
  private static final double LEAST_AGREEMENT = 0.7;

  private final DecisionSettings settings;
  private final ThresholdPolicy policy;
  private final Gallery gallery;

  public DecisionRules(DecisionSettings settings, ThresholdPolicy policy, Gallery gallery) {
    this.settings = settings;
    this.policy = policy;
    this.gallery = gallery;
  }

  /** The threshold in force, at the gallery's present size. Cheap: a dozen logarithms. */
  public Threshold threshold() {
    return policy.at(gallery.index().people(), gallery.index().templates());
  }

  public Verdict decide(Probe probe) {
    Threshold threshold = threshold();
    Optional<Reason> obstacle = obstacle(probe);
    if (obstacle.isPresent()) {
      return verdict(new Unknown(obstacle.get()), List.of(), threshold, probe);
    }
    float[] mean = mean(probe.frames());
    double agreement = length(mean);
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= (float) agreement;
    }
    if (!(agreement >= LEAST_AGREEMENT) || framesNameTwoPeople(probe.frames())) {
      return verdict(new Rejected(Reason.CONFLICTING_FRAMES), List.of(), threshold, probe);
    }
    List<Candidate> candidates = gallery.index().nearest(mean, PEOPLE);
    return verdict(conclude(probe, candidates, threshold), candidates, threshold, probe);
  }

  /** Nobody is compared: the frame itself may not be used. */
  public Verdict refused(Reason reason) {
    return new Verdict(
        new Rejected(reason),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        threshold(),
        gallery.index().people(),
        0);
  }

  /** Whom one frame alone would name, if anybody. */
  public Optional<PersonId> nameAlone(ModelId model, float[] vector) {
    Probe alone =
        new Probe(model, List.of(new ProbeFrame(vector, 1, Optional.empty())), 1, Optional.empty());
    return decide(alone).decision() instanceof Accepted accepted
        ? Optional.of(accepted.person())
        : Optional.empty();
  }

  /** Why nothing can be compared. Everything here fails closed. */
  private Optional<Reason> obstacle(Probe probe) {
    if (!probe.model().equals(gallery.model())) {
      return Optional.of(Reason.MODEL_MISMATCH);
    }
    if (!gallery.isComplete()) {
      return Optional.of(Reason.INCOMPLETE_SEARCH);
    }
    if (gallery.index().templates() == 0) {
      return Optional.of(
          gallery.templatesOfOtherModels() > 0 ? Reason.MODEL_MISMATCH : Reason.GALLERY_EMPTY);
    }
    return probe.frames().isEmpty() || probe.frames().size() < probe.framesNeeded()
        ? Optional.of(Reason.TOO_FEW_FRAMES)
        : Optional.empty();
  }

  private Decision conclude(Probe probe, List<Candidate> candidates, Threshold threshold) {
    if (candidates.isEmpty()) {
      return new Unknown(Reason.GALLERY_EMPTY);
    }
    Candidate best = candidates.get(0);
    boolean stands = probe.standing().isPresent() && probe.standing().get().equals(best.person());
    float wanted = threshold.cosineSimilarity() - (stands ? settings.standingAllowance() : 0);
    if (best.similarity() < wanted) {
      return new Unknown(threshold.reachable() ? Reason.NOT_ENROLLED : Reason.FPIR_OUT_OF_REACH);
    }
    boolean clear =
        candidates.size() < 2
            || best.similarity() - candidates.get(1).similarity() >= settings.margin();
    return clear ? new Accepted(best.person()) : new Unknown(Reason.AMBIGUOUS);
  }

  /** One track is one person. A stray frame among many is noise, a second face is not. */
  private static boolean framesNameTwoPeople(List<ProbeFrame> frames) {
    Map<PersonId, Integer> named = new HashMap<>();
    int all = 0;
    for (ProbeFrame frame : frames) {
      if (frame.alone().isPresent()) {
        named.merge(frame.alone().get(), 1, Integer::sum);
        all++;
      }
    }
    int most = named.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return all - most > all / NAMED_FRAMES_PER_STRAY;
  }

  private static float[] mean(List<ProbeFrame> frames) {
    float[] mean = new float[frames.get(0).vector().length];
    double weights = 0;
    for (ProbeFrame frame : frames) {
      // Even a frame judged worthless was good enough to be here.
      float weight = Math.max(0.05f, frame.weight());
      weights += weight;
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weight * frame.vector()[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= (float) weights;
    }
    return mean;
  }

  private static double length(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private Verdict verdict(
      Decision decision, List<Candidate> candidates, Threshold threshold, Probe probe) {
    return new Verdict(
        decision,
        similarity(candidates, 0),
        similarity(candidates, 1),
        threshold,
        gallery.index().people(),
        probe.frames().size());
  }

  private static OptionalDouble similarity(List<Candidate> candidates, int rank) {
    return candidates.size() > rank
        ? OptionalDouble.of(candidates.get(rank).similarity())
        : OptionalDouble.empty();
  }
}
