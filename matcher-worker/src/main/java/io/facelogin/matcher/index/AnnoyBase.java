package io.facelogin.matcher.index;

import io.facelogin.jannoy.AnnoyIndex;
import io.facelogin.jannoy.Search;
import io.facelogin.jannoy.VectorArithmetic;
import java.util.List;

/**
 * An index file and whose each of its vectors is. Immutable but for the erased marks; any number of
 * threads.
 */
final class AnnoyBase {

  /** Templates taken from the index, to be compared exactly: enough for many of one person. */
  private static final int WANTED_TEMPLATES = 64;

  private final AnnoyIndex index;
  private final List<Entry> entries;
  private final int searchK;
  private final VectorArithmetic arithmetic;
  private final ThreadLocal<Search> searches;
  private final ThreadLocal<float[]> vectors;

  AnnoyBase(AnnoyIndex index, List<Entry> entries, int searchK, VectorArithmetic arithmetic) {
    this.index = index;
    this.entries = entries;
    this.searchK = searchK;
    this.arithmetic = arithmetic;
    searches = ThreadLocal.withInitial(() -> index.newSearch(arithmetic));
    vectors = ThreadLocal.withInitial(() -> new float[index.dimension()]);
  }

  int size() {
    return entries.size();
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

  void search(
      float[] probe, BestPeople best, java.util.Set<io.facelogin.contract.PersonId> without) {
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
}
