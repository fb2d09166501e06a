package io.facelogin.infra.benchmark.detect;

import io.facelogin.contract.ModelId;
import io.facelogin.infra.benchmark.detect.Contender.Spent;
import io.facelogin.infra.benchmark.detect.DetectReport.Latency;
import io.facelogin.models.mtcnn.MtcnnDetector;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import io.facelogin.models.weights.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Decodes pictures and finds their faces, over and over: as fast as it goes, or at a given rate
 * with the latency counted from when a frame was to arrive, so that a stall counts for all that
 * waited.
 */
public final class DetectBenchmark {

  private static final double NANOS_PER_MS = 1e6;

  private final DetectSettings settings;
  private final List<byte[]> pictures;

  /**
   * @param pictures files, shown in turn
   */
  public DetectBenchmark(DetectSettings settings, List<byte[]> pictures) {
    this.settings = settings;
    this.pictures = pictures;
  }

  public DetectReport own(Weights mtcnn) throws InterruptedException {
    try (var detector = new OwnDetector(new MtcnnDetector(new ModelId("mtcnn"), mtcnn))) {
      return measured(detector);
    }
  }

  /** The baseline: the steps of the published code, one after the other, on ONNX Runtime. */
  public DetectReport peer(Weights mtcnn) throws InterruptedException {
    try (var detector = PeerCascade.open(mtcnn)) {
      return measured(detector);
    }
  }

  private DetectReport measured(Contender detector) throws InterruptedException {
    new Run(detector, settings.warmUp()).await();
    return new Run(detector, settings.duration()).await();
  }

  /** Some callers over some time. */
  private final class Run {
    private final Contender detector;
    private final Duration duration;
    private final Spent before;
    private final AtomicLong next = new AtomicLong();
    private final LongAdder faces = new LongAdder();
    private final LongAdder frames = new LongAdder();
    private final LongAdder decodeNanos = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();
    private final ConcurrentLinkedQueue<Double> latenciesMs = new ConcurrentLinkedQueue<>();
    private final long begin = System.nanoTime();

    Run(Contender detector, Duration duration) {
      this.detector = detector;
      this.duration = duration;
      this.before = detector.spent();
    }

    DetectReport await() throws InterruptedException {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < settings.threads(); i++) {
        Thread thread = new Thread(this::callUntilEnd, "detect-" + i);
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      return report((System.nanoTime() - begin) / 1e9);
    }

    private void callUntilEnd() {
      while (System.nanoTime() - begin < duration.toNanos()) {
        long first = next.getAndAdd(settings.batch());
        long due = System.nanoTime();
        if (settings.framesPerSecond() > 0) {
          double frameNanos = TimeUnit.SECONDS.toNanos(1) / settings.framesPerSecond();
          due = begin + (long) (first * frameNanos);
          waitUntil(due + (long) ((settings.batch() - 1) * frameNanos));
        }
        call(first, due);
      }
    }

    private void call(long first, long due) {
      long start = System.nanoTime();
      List<Picture> decoded = new ArrayList<>();
      try {
        for (int i = 0; i < settings.batch(); i++) {
          decoded.add(PictureReader.read(pictures.get((int) ((first + i) % pictures.size()))));
        }
        decodeNanos.add(System.nanoTime() - start);
        faces.add(detector.faces(decoded, settings.minFacePx()));
      } catch (UnusablePictureException e) {
        throw new IllegalArgumentException(e);
      } finally {
        decoded.forEach(Picture::close);
      }
      long end = System.nanoTime();
      busyNanos.add(end - start);
      frames.add(settings.batch());
      latenciesMs.add((end - due) / NANOS_PER_MS);
    }

    private DetectReport report(double seconds) {
      double[] sorted = latenciesMs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      Spent after = detector.spent();
      double allMs = busyNanos.sum() / NANOS_PER_MS;
      double decode = decodeNanos.sum() / NANOS_PER_MS / allMs;
      double resize = (after.resizeMs() - before.resizeMs()) / allMs;
      double networks = (after.networksMs() - before.networksMs()) / allMs;
      Map<String, Double> shares = new LinkedHashMap<>();
      shares.put("decode", rounded(decode, 100));
      shares.put("resize", rounded(resize, 100));
      shares.put("networks", rounded(networks, 100));
      shares.put("glue", rounded(1 - decode - resize - networks, 100));
      return new DetectReport(
          detector.name(),
          frames.sum(),
          rounded(frames.sum() / seconds, 10),
          rounded(faces.sum() / (double) frames.sum(), 100),
          new Latency(quantile(sorted, 0.5), quantile(sorted, 0.95), quantile(sorted, 0.99)),
          shares);
    }
  }

  private static void waitUntil(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanoTime - System.nanoTime();
    }
  }

  /** The smallest value that at least this share does not exceed. */
  private static double quantile(double[] sorted, double share) {
    return rounded(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)], 10);
  }

  private static double rounded(double value, double scale) {
    return Math.round(value * scale) / scale;
  }
}
