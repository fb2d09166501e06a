package io.facelogin.models.manifest;

import java.util.Arrays;
import java.util.PriorityQueue;

/** Counts cosine similarities in steps of 0.0005, and keeps the highest as they are. */
final class SimilarityHistogram {

  private static final int BINS = 4_000;

  private final long[] counts = new long[BINS];
  private final int kept;
  private final PriorityQueue<Float> highest = new PriorityQueue<>();
  private long count;

  SimilarityHistogram(int kept) {
    this.kept = kept;
  }

  void add(float similarity) {
    count++;
    counts[Math.max(0, Math.min(BINS - 1, (int) ((similarity + 1) * (BINS / 2))))]++;
    Float least = highest.peek();
    if (least == null || highest.size() < kept) {
      highest.add(similarity);
    } else if (similarity > least) {
      highest.poll();
      highest.add(similarity);
    }
  }

  long count() {
    return count;
  }

  /** The highest, descending; no more than were kept. */
  double[] peaks(int wanted) {
    double[] ascending = highest.stream().mapToDouble(Float::doubleValue).sorted().toArray();
    double[] peaks = new double[Math.min(wanted, ascending.length)];
    Arrays.setAll(peaks, i -> ascending[ascending.length - 1 - i]);
    return peaks;
  }

  /** The similarity that this share of all reaches, linear within a bin. */
  double reachedBy(double share) {
    double above = share * count;
    long seen = 0;
    for (int bin = BINS - 1; bin >= 0; bin--) {
      if (seen + counts[bin] >= above) {
        double within = (above - seen) / Math.max(1, counts[bin]);
        return Math.rint(((bin + 1 - within) / (BINS / 2.0) - 1) * 1e4) / 1e4;
      }
      seen += counts[bin];
    }
    return -1;
  }
}
