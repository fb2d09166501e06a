package io.facelogin.matcher.kafka;

import io.facelogin.matcher.decision.ThresholdPolicy;
import io.facelogin.matcher.decision.ThresholdPolicy.Threshold;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what threshold is in force: at the start, whenever the gallery has doubled or
 * halved since, and when the wanted FPIR comes out of reach or within it. One thread.
 */
final class ThresholdWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ThresholdWatch.class);

  private final ThresholdPolicy policy;
  private int saidAtPeople = -1;
  private boolean reachable = true;

  ThresholdWatch(ThresholdPolicy policy) {
    this.policy = policy;
  }

  void look(int people, int templates) {
    Threshold threshold = policy.at(people, templates);
    boolean begun = saidAtPeople < 0;
    if (begun || people > 2 * saidAtPeople || 2 * people < saidAtPeople) {
      saidAtPeople = people;
      LOG.info("{}", words(threshold, people, templates));
      if (begun) {
        LOG.info("Thresholds rest on {}", policy.basis());
      }
    }
    if (threshold.reachable() != reachable) {
      reachable = threshold.reachable();
      if (reachable) {
        LOG.info("The wanted FPIR is within reach again: most people are recognised");
      } else {
        LOG.warn(
            "The wanted FPIR cannot be had with {} people and this encoder: its threshold is above"
                + " what most pictures of the same person reach. Strangers stay out, but most"
                + " people will not be recognised. Raise --fpir, or take a better encoder. {}",
            people,
            words(threshold, people, templates));
      }
    }
  }

  private static String words(Threshold threshold, int people, int templates) {
    return String.format(
        Locale.ROOT,
        "Threshold %.3f for an FPIR of %.2g with %d people and %d templates%s%s",
        threshold.cosineSimilarity(),
        threshold.fpirAtGallerySize(),
        people,
        templates,
        threshold.extrapolated() ? ", extrapolated beyond what was measured" : "",
        threshold
            .trueAcceptRate()
            .map(
                rate ->
                    String.format(
                        Locale.ROOT,
                        "; %.0f %% of single pictures of the same person reach it",
                        100 * rate))
            .orElse(""));
  }
}
