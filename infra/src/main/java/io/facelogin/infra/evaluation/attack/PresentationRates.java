package io.facelogin.infra.evaluation.attack;

import io.facelogin.infra.evaluation.Interval;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Classification error rates, in the terms of ISO/IEC 30107-3. Presentations that could not be
 * judged count in none.
 *
 * @param apcer by species: attacks that passed
 * @param bpcer people who did not
 */
public record PresentationRates(Map<String, Rate> apcer, Rate bpcer) {

  /**
   * @param interval with 95 % confidence, as if the presentations were independent of each other
   */
  public record Rate(int errors, int presentations, Interval interval) {

    static Rate of(Collection<Judged> judged) {
      int errors = (int) judged.stream().filter(Judged::isError).count();
      return new Rate(errors, judged.size(), Interval.ofShare(errors, judged.size()));
    }

    public double share() {
      return presentations == 0 ? 0 : (double) errors / presentations;
    }
  }

  public static PresentationRates of(Collection<Judged> all) {
    var judged = all.stream().filter(one -> one.fault().isEmpty()).toList();
    Map<String, Rate> apcer = new TreeMap<>();
    judged.stream()
        .filter(one -> one.presentation().attack())
        .map(one -> one.presentation().species())
        .distinct()
        .forEach(
            species ->
                apcer.put(
                    species,
                    Rate.of(
                        judged.stream()
                            .filter(one -> one.presentation().attack())
                            .filter(one -> one.presentation().species().equals(species))
                            .toList())));
    return new PresentationRates(
        apcer, Rate.of(judged.stream().filter(one -> !one.presentation().attack()).toList()));
  }
}
