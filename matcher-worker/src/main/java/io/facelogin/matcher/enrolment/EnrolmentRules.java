package io.facelogin.matcher.enrolment;

import io.facelogin.contract.TemplateId;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.decision.ThresholdPolicy;
import io.facelogin.matcher.enrolment.EnrolmentOutcome.Enrolled;
import io.facelogin.matcher.enrolment.EnrolmentOutcome.Refused;
import io.facelogin.matcher.gallery.Gallery;
import io.facelogin.matcher.gallery.Reference;
import io.facelogin.matcher.index.Candidate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;

/**
 * May these samples become templates? Consent, enough good samples, all of one person, and nobody
 * else enrolled who looks the same. Who is enrolled already gets further templates, if the new
 * samples show the same person; nothing is replaced. Any number of threads.
 */
public final class EnrolmentRules {

  private final EnrolmentSettings settings;
  private final Gallery gallery;
  private final float agreement;
  private final float duplicate;

  public EnrolmentRules(EnrolmentSettings settings, ThresholdPolicy policy, Gallery gallery) {
    this.settings = settings;
    this.gallery = gallery;
    agreement = policy.thresholdFor(settings.sampleFalseMatchRate());
    duplicate = policy.thresholdFor(settings.duplicateFalseMatchRate());
  }

  public EnrolmentOutcome judge(Enrolment enrolment) {
    if (!enrolment.hasConsent()) {
      return Refused.because(Reason.NO_CONSENT);
    }
    if (enrolment.samples().stream().anyMatch(s -> !s.model().equals(gallery.model()))) {
      return Refused.because(Reason.MODEL_MISMATCH);
    }
    if (!gallery.isComplete()) {
      return Refused.because(Reason.INCOMPLETE_SEARCH);
    }
    List<Sample> good =
        enrolment.samples().stream().filter(s -> s.quality().getReasonsCount() == 0).toList();
    if (good.size() < (enrolment.allowSingle() ? 1 : settings.minSamples())) {
      return tooFew(enrolment.samples());
    }
    float worst = worstAgreement(enrolment, good);
    if (worst < agreement) {
      return new Refused(
          List.of(Reason.SAMPLES_DISAGREE), Optional.empty(), OptionalDouble.of(worst));
    }
    if (!enrolment.allowDuplicate()) {
      Optional<Candidate> lookalike = lookalike(enrolment, good);
      if (lookalike.isPresent()) {
        return new Refused(
            List.of(Reason.DUPLICATE),
            Optional.of(lookalike.get().person()),
            OptionalDouble.of(lookalike.get().similarity()));
      }
    }
    return enrolled(enrolment, good);
  }

  private static Refused tooFew(List<Sample> samples) {
    Set<Reason> reasons = new LinkedHashSet<>(List.of(Reason.TOO_FEW_SAMPLES));
    samples.forEach(sample -> reasons.addAll(sample.quality().getReasonsList()));
    return new Refused(List.copyOf(reasons), Optional.empty(), OptionalDouble.empty());
  }

  /** Of all pairs of samples, and of each sample with what the person has already. */
  private float worstAgreement(Enrolment enrolment, List<Sample> samples) {
    float worst = 1;
    for (int i = 0; i < samples.size(); i++) {
      for (int j = 0; j < i; j++) {
        worst = Math.min(worst, similarity(samples.get(i), samples.get(j)));
      }
      if (!gallery.index().templatesOf(enrolment.person()).isEmpty()) {
        worst =
            Math.min(
                worst, gallery.index().similarity(samples.get(i).vector(), enrolment.person()));
      }
    }
    return worst;
  }

  private static float similarity(Sample a, Sample b) {
    float dot = 0;
    for (int i = 0; i < a.vector().length; i++) {
      dot += a.vector()[i] * b.vector()[i];
    }
    return dot;
  }

  /** The person who is more similar to the mean of the samples than different people are. */
  private Optional<Candidate> lookalike(Enrolment enrolment, List<Sample> samples) {
    float[] mean = new float[samples.get(0).vector().length];
    for (Sample sample : samples) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += sample.vector()[i] / samples.size();
      }
    }
    return gallery.index().nearest(mean, 1, Set.of(enrolment.person())).stream()
        .filter(candidate -> candidate.similarity() >= duplicate)
        .findFirst();
  }

  private static Enrolled enrolled(Enrolment enrolment, List<Sample> samples) {
    boolean weak = samples.size() == 1;
    List<Reference> references = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      references.add(
          new Reference(
              templateId(enrolment.commandId(), i),
              enrolment.person(),
              sample.model(),
              sample.vector(),
              sample.quality(),
              sample.source(),
              enrolment.issuedAt(),
              weak));
    }
    return new Enrolled(references, weak);
  }

  private static TemplateId templateId(String commandId, int sample) {
    String name = "template/" + commandId + "/" + sample;
    return new TemplateId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }
}
