package io.facelogin.models.manifest;

import io.facelogin.models.manifest.Manifest.ImpostorRate;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How similar an encoder finds pictures of different people, as far as somebody measured it, and
 * how it goes on beyond that: {@link ImpostorMeasurement} makes it, thresholds are derived from it.
 *
 * @param points the measured part: falling false match rates with rising similarities, at least two
 * @param tail beyond the last point; using it is an extrapolation
 * @param genuine what pictures of the same person reach, falling; empty where nobody measured it
 * @param evidence what it was measured on; absent for a plain table of thresholds
 */
public record ImpostorDistribution(
    List<Point> points, Tail tail, List<GenuinePoint> genuine, Optional<Evidence> evidence) {

  /**
   * @param falseMatchRate share of pairs of different people that reach the similarity
   * @param similarity cosine
   */
  public record Point(double falseMatchRate, double similarity) {}

  /**
   * @param trueAcceptRate share of pairs of the same person that reach the similarity
   * @param similarity cosine
   */
  public record GenuinePoint(double trueAcceptRate, double similarity) {}

  /**
   * Peaks over a threshold, by a generalised Pareto distribution: of the pairs that reach {@code
   * from}, the share {@code (1 + shape * (s - from) / scale)^(-1/shape)} reaches s (an exponential
   * where the shape is 0). A negative shape ends at from - scale / shape.
   *
   * @param from cosine similarity where it begins
   * @param rate false match rate there
   * @param scale above 0, as cosine
   * @param shape from -1 to below 1
   */
  public record Tail(double from, double rate, double scale, double shape) {

    /** Closer to 0 the two formulas are the same in floating point. */
    private static final double EXPONENTIAL = 1e-9;

    public Tail {
      if (!(rate > 0 && rate < 1 && scale > 0 && shape >= -1 && shape < 1)) {
        throw new IllegalArgumentException(
            "A tail needs a rate of 0 to 1, a scale above 0 and a shape of -1 to 1, got "
                + "%s, %s and %s".formatted(rate, scale, shape));
      }
    }

    double similarityAt(double falseMatchRate) {
      double share = falseMatchRate / rate;
      return Math.abs(shape) < EXPONENTIAL
          ? from - scale * Math.log(share)
          : from + scale * Math.expm1(-shape * Math.log(share)) / shape;
    }

    double falseMatchRateAt(double similarity) {
      double above = (similarity - from) / scale;
      if (Math.abs(shape) < EXPONENTIAL) {
        return rate * Math.exp(-above);
      }
      double base = 1 + shape * above;
      return base <= 0 ? 0 : rate * Math.pow(base, -1 / shape);
    }
  }

  /**
   * What the numbers rest on.
   *
   * @param pairs of pictures of different people that were compared
   * @param source the data set and how its pictures were prepared
   */
  public record Evidence(long pairs, int pictures, int people, String source, LocalDate measured) {}

  public ImpostorDistribution {
    points = List.copyOf(points);
    genuine = List.copyOf(genuine);
    if (points.size() < 2) {
      throw new IllegalArgumentException(
          "An impostor distribution needs at least 2 points, got " + points.size());
    }
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).similarity() <= points.get(i - 1).similarity()
          || points.get(i).falseMatchRate() >= points.get(i - 1).falseMatchRate()) {
        throw new IllegalArgumentException(
            "Points must have rising similarities and falling rates, got "
                + points.get(i - 1)
                + " before "
                + points.get(i));
      }
    }
  }

  /**
   * Of a table of thresholds: the line through its last two points, over the logarithm of the rate,
   * goes on beyond it.
   *
   * @param table at least two points, most frequent first
   */
  public static ImpostorDistribution ofTable(List<ImpostorRate> table) {
    List<Point> points =
        table.stream().map(r -> new Point(r.falseMatchRate(), r.threshold())).toList();
    List<GenuinePoint> genuine =
        table.stream()
            .filter(r -> r.trueAcceptRate().isPresent())
            .map(r -> new GenuinePoint(r.trueAcceptRate().getAsDouble(), r.threshold()))
            .toList();
    if (points.size() < 2) {
      throw new IllegalArgumentException(
          "An impostor distribution needs at least 2 points, got " + points.size());
    }
    Point a = points.get(points.size() - 2);
    Point b = points.get(points.size() - 1);
    double scale =
        (b.similarity() - a.similarity()) / Math.log(a.falseMatchRate() / b.falseMatchRate());
    return new ImpostorDistribution(
        points, new Tail(b.similarity(), b.falseMatchRate(), scale, 0), genuine, Optional.empty());
  }

  /** Rarer false matches than this were not measured. */
  public double leastMeasuredRate() {
    return points.get(points.size() - 1).falseMatchRate();
  }

  /**
   * The cosine similarity that pairs of different people reach as often as this; below the measured
   * rates by the tail, above them along the line through the first two points. Not limited to 1.
   */
  public double similarityAt(double falseMatchRate) {
    if (!(falseMatchRate > 0 && falseMatchRate <= 1)) {
      throw new IllegalArgumentException(
          "A false match rate is above 0 and at most 1, got " + falseMatchRate);
    }
    if (falseMatchRate < leastMeasuredRate()) {
      return Math.max(last().similarity(), tail.similarityAt(falseMatchRate));
    }
    int right = 1;
    while (right < points.size() - 1 && points.get(right).falseMatchRate() > falseMatchRate) {
      right++;
    }
    Point a = points.get(right - 1);
    Point b = points.get(right);
    return a.similarity()
        + (b.similarity() - a.similarity())
            * Math.log(falseMatchRate / a.falseMatchRate())
            / Math.log(b.falseMatchRate() / a.falseMatchRate());
  }

  /** How often pairs of different people reach this cosine similarity. */
  public double falseMatchRateAt(double similarity) {
    if (similarity > last().similarity()) {
      return Math.min(leastMeasuredRate(), tail.falseMatchRateAt(similarity));
    }
    int right = 1;
    while (right < points.size() - 1 && points.get(right).similarity() < similarity) {
      right++;
    }
    Point a = points.get(right - 1);
    Point b = points.get(right);
    double share = (similarity - a.similarity()) / (b.similarity() - a.similarity());
    return Math.min(
        1,
        a.falseMatchRate() * Math.exp(share * Math.log(b.falseMatchRate() / a.falseMatchRate())));
  }

  /**
   * Share of pairs of the same person that reach this cosine similarity, by the measured points;
   * beyond the last of them along the line through the last two.
   *
   * @return empty where nobody measured it
   */
  public Optional<Double> trueAcceptRateAt(double similarity) {
    if (genuine.size() < 2) {
      return Optional.empty();
    }
    int right = 1;
    while (right < genuine.size() - 1 && genuine.get(right).similarity() < similarity) {
      right++;
    }
    GenuinePoint a = genuine.get(right - 1);
    GenuinePoint b = genuine.get(right);
    double share = (similarity - a.similarity()) / (b.similarity() - a.similarity());
    double rate = a.trueAcceptRate() + share * (b.trueAcceptRate() - a.trueAcceptRate());
    return Optional.of(Math.max(0, Math.min(1, rate)));
  }

  private Point last() {
    return points.get(points.size() - 1);
  }
}
