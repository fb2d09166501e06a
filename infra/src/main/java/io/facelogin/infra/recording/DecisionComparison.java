package io.facelogin.infra.recording;

import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Recorded decisions against replayed ones. Equal means: of the same camera, on the same frame,
 * with the same outcome and person, equally often. Similarities may differ in their last digits and
 * are not compared, nor are track ids, which a track has since its first frame, recorded or not.
 *
 * @param equal decisions that are in both
 * @param onlyRecorded the replay did not come to these
 * @param onlyReplayed the recording does not hold these
 */
public record DecisionComparison(
    List<Entry> equal, List<Entry> onlyRecorded, List<Entry> onlyReplayed) {

  /** What is compared of a decision. The person is an id, empty unless accepted. */
  public record Entry(String cameraId, long sequence, Outcome outcome, String personId) {

    static Entry of(Decision decision) {
      return new Entry(
          decision.getFrame().getCameraId(),
          decision.getFrame().getSequence(),
          decision.getOutcome(),
          decision.getPersonId());
    }
  }

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::cameraId)
          .thenComparing(Entry::sequence)
          .thenComparing(Entry::outcome)
          .thenComparing(Entry::personId);

  public DecisionComparison {
    equal = List.copyOf(equal);
    onlyRecorded = List.copyOf(onlyRecorded);
    onlyReplayed = List.copyOf(onlyReplayed);
  }

  /** The same decision delivered twice (same id) counts once: what leaves Kafka may come again. */
  static DecisionComparison of(List<Decision> recorded, List<Decision> replayed) {
    Map<Entry, Integer> recordedCounts = counts(recorded);
    Map<Entry, Integer> replayedCounts = counts(replayed);
    Set<Entry> all = new TreeSet<>(ORDER);
    all.addAll(recordedCounts.keySet());
    all.addAll(replayedCounts.keySet());
    List<Entry> equal = new ArrayList<>();
    List<Entry> onlyRecorded = new ArrayList<>();
    List<Entry> onlyReplayed = new ArrayList<>();
    for (Entry entry : all) {
      int first = recordedCounts.getOrDefault(entry, 0);
      int second = replayedCounts.getOrDefault(entry, 0);
      for (int i = 0; i < Math.max(first, second); i++) {
        (i >= second ? onlyRecorded : i >= first ? onlyReplayed : equal).add(entry);
      }
    }
    return new DecisionComparison(equal, onlyRecorded, onlyReplayed);
  }

  public boolean isEqual() {
    return onlyRecorded.isEmpty() && onlyReplayed.isEmpty();
  }

  /** How often an outcome came. */
  public record Counts(int recorded, int replayed) {}

  public Map<Outcome, Counts> countsByOutcome() {
    Map<Outcome, Counts> table = new TreeMap<>();
    equal.forEach(entry -> add(table, entry, new Counts(1, 1)));
    onlyRecorded.forEach(entry -> add(table, entry, new Counts(1, 0)));
    onlyReplayed.forEach(entry -> add(table, entry, new Counts(0, 1)));
    return table;
  }

  private static void add(Map<Outcome, Counts> table, Entry entry, Counts more) {
    table.merge(
        entry.outcome(),
        more,
        (a, b) -> new Counts(a.recorded + b.recorded, a.replayed + b.replayed));
  }

  private static Map<Entry, Integer> counts(List<Decision> decisions) {
    Map<Entry, Integer> counts = new TreeMap<>(ORDER);
    Set<String> seen = new TreeSet<>();
    for (Decision decision : decisions) {
      if (decision.getDecisionId().isEmpty() || seen.add(decision.getDecisionId())) {
        counts.merge(Entry.of(decision), 1, Integer::sum);
      }
    }
    return counts;
  }
}
