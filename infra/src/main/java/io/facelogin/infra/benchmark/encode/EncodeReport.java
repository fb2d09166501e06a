package io.facelogin.infra.benchmark.encode;

import java.util.List;

/**
 * What one run gave.
 *
 * @param matrixPeakGigaflopPerSecond single precision, measured in the same run
 */
public record EncodeReport(
    double matrixPeakGigaflopPerSecond, List<Throughput> closedLoop, List<Latency> openLoop) {

  /**
   * As fast as it goes; medians of the rounds.
   *
   * @param peerFacesPerSecond ONNX Runtime with the same weights; 0 where it has no such network
   * @param peakShare share of the matrix peak that the network's multiplications make up; 0 if it
   *     is not known how many it has
   * @param madeWeights random weights in place of the published ones, which are not here
   */
  public record Throughput(
      String model,
      int batch,
      int threads,
      boolean mirrored,
      double facesPerSecond,
      double peerFacesPerSecond,
      double ratio,
      double peakShare,
      boolean madeWeights) {}

  /**
   * At a given rate, from the time at which a face was due to that at which its vector was there.
   *
   * @param batch most faces taken at once of those that are due
   */
  public record Latency(
      String model,
      int batch,
      double wantedFacesPerSecond,
      double facesPerSecond,
      double p50Ms,
      double p95Ms,
      double p99Ms) {}
}
