package io.facelogin.matcher.index;

import io.facelogin.contract.PersonId;
import io.facelogin.jannoy.AnnoyIndex;
import io.facelogin.jannoy.Search;
import io.facelogin.jannoy.VectorArithmetic;
import java.util.List;
import java.util.Set;

/**
 * An index file and whose each of its vectors is. Immutable but for the erased marks; any number of
 * threads.
 */
final class AnnoyBase {

  /** Templates taken from the index, to be compared exactly: enough for many of one person. */
  private static final int WANTED_TEMPLATES = 64;

  private final AnnoyIndex index;
  private final List<Entry> entries;
  private final VectorArithmetic arithmetic;
  private final ThreadLocal<Search> searches;
  private final ThreadLocal<float[]> vectors;

  AnnoyBase(AnnoyIndex index, List<Entry> entries, VectorArithmetic arithmetic) {
    this.index = index;
    this.entries = entries;
    this.arithmetic = arithmetic;
    searches = ThreadLocal.withInitial(() -> index.newSearch(arithmetic));
    vectors = ThreadLocal.withInitial(() -> new float[index.dimension()]);
  }

  int size() {
    return entries.size();
  }

  /** More candidates than all trees together offer. */
  int largestSearchK() {
    return (int) Math.min(Integer.MAX_VALUE, (long) size() * index.trees() + 1);
  }

  int dimension() {
    return index.dimension();
  }

  Entry entry(int id) {
    return entries.get(id);
  }

  void copy(int id, float[] into) {
    index.vector(id, into);
  }

  float similarity(float[] probe, int id) {
    float[] vector = vectors.get();
    index.vector(id, vector);
    return arithmetic.dot(probe, 0, vector, 0, vector.length);
  }

  void search(float[] probe, int searchK, BestPeople best, Set<PersonId> without) {
    Search search = searches.get();
    int found =
        search.run(
            probe,
            WANTED_TEMPLATES,
            searchK,
            id -> {
              Entry entry = entries.get(id);
              return !entry.erased && (without.isEmpty() || !without.contains(entry.person));
            });
    for (int rank = 0; rank < found; rank++) {
      best.offer(entries.get(search.id(rank)).person, similarity(probe, search.id(rank)));
    }
  }

  /** Compares with everything, as the index is watched against. */
  void scanFloats(float[] probe, int fromId, int toId, BestPeople best) {
    for (int id = fromId; id < Math.min(toId, entries.size()); id++) {
      Entry entry = entries.get(id);
      if (!entry.erased) {
        best.offer(entry.person, similarity(probe, id));
      }
    }
  }
}
