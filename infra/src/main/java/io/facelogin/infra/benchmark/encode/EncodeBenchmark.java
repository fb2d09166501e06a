package io.facelogin.infra.benchmark.encode;

import io.facelogin.infra.benchmark.encode.EncodeReport.Latency;
import io.facelogin.infra.benchmark.encode.EncodeReport.Throughput;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Encoder;
import io.facelogin.models.MirroredEncoder;
import io.facelogin.models.facenet.InceptionResnetV1;
import io.facelogin.models.facenet.Standardisation;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.Manifest.Architecture;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.network.MatrixPeak;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.store.StoredModel.State;
import io.facelogin.models.weights.UnusableWeightsException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Measures encoders. Ours and the peer take turns, so that whatever else the machine does hits
 * both.
 */
public final class EncodeBenchmark {

  private static final int ROUNDS = 5;

  private final ModelStore store;
  private final EncodeSettings settings;
  private final List<Throughput> closedLoop = new ArrayList<>();
  private final List<Latency> openLoop = new ArrayList<>();
  private final double peak = MatrixPeak.gigaflopPerSecond();

  public EncodeBenchmark(ModelStore store, EncodeSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  public void measure(String model) throws UnusableManifestException, UnusableWeightsException {
    Encoder plain = isAbsentFaceNet(model) ? made(store.manifest(model)) : store.openEncoder(model);
    try (Encoder encoder = settings.mirrored() ? new MirroredEncoder(plain) : plain) {
      Optional<OnnxPeer> peer = OnnxPeer.of(store, model);
      try {
        for (int batch : settings.batches()) {
          closedLoop.add(throughput(model, encoder, peer, batch));
          if (settings.facesPerSecond() > 0) {
            openLoop.add(latency(model, encoder, batch));
          }
        }
      } finally {
        peer.ifPresent(OnnxPeer::close);
      }
    }
  }

  /** Whether its weights, which are to be had in few places, must be replaced by made ones. */
  private boolean isAbsentFaceNet(String model) throws UnusableManifestException {
    return store.manifest(model).architecture() == Architecture.INCEPTION_RESNET_V1
        && store.list().stream()
            .anyMatch(
                known ->
                    known.manifest().id().value().equals(model) && known.state() == State.ABSENT);
  }

  private static Encoder made(Manifest manifest) throws UnusableManifestException {
    return new InceptionResnetV1(
        manifest.id(), manifest.alignmentOrThrow(), Standardisation.FIXED, MadeFaceNet.weights());
  }

  public EncodeReport report() {
    return new EncodeReport(peak, List.copyOf(closedLoop), List.copyOf(openLoop));
  }

  private Throughput throughput(String model, Encoder encoder, Optional<OnnxPeer> peer, int batch)
      throws UnusableManifestException {
    List<AlignedFace> faces = faces(encoder, batch);
    Runnable ours = () -> encoder.encode(faces);
    int passes = settings.mirrored() ? 2 * batch : batch;
    FloatBuffer values = values(passes, encoder.cropSidePx());
    List<Runnable> sides = new ArrayList<>(List.of(ours));
    peer.ifPresent(p -> sides.add(() -> p.run(values.duplicate(), passes, encoder.cropSidePx())));
    double[][] rates = new double[sides.size()][ROUNDS];
    sides.forEach(side -> Rate.of(side, settings.threads(), settings.time().dividedBy(10)));
    for (int round = 0; round < ROUNDS; round++) {
      for (int side = 0; side < sides.size(); side++) {
        rates[side][round] =
            batch
                * Rate.of(
                    sides.get(side),
                    settings.threads(),
                    settings.time().dividedBy((long) ROUNDS * sides.size()));
      }
    }
    double facesPerSecond = median(rates[0]);
    double peers = sides.size() > 1 ? median(rates[1]) : 0;
    double gigaflop = gigaflop(store.manifest(model).architecture());
    return new Throughput(
        model,
        batch,
        settings.threads(),
        settings.mirrored(),
        facesPerSecond,
        peers,
        peers > 0 ? facesPerSecond / peers : 0,
        facesPerSecond * passes / batch * gigaflop / peak,
        isAbsentFaceNet(model));
  }

  /** One caller takes what is due, at most a batch; late faces wait and their waiting counts. */
  private Latency latency(String model, Encoder encoder, int batch) {
    List<AlignedFace> faces = faces(encoder, batch);
    double apartNs = 1e9 / settings.facesPerSecond();
    long wanted = Math.max(1, (long) (settings.time().toNanos() / apartNs));
    List<Double> waitedMs = new ArrayList<>();
    long began = System.nanoTime();
    while (waitedMs.size() < wanted) {
      long now = System.nanoTime() - began;
      int due = (int) Math.min(wanted, (long) (now / apartNs) + 1) - waitedMs.size();
      if (due <= 0) {
        Thread.onSpinWait();
        continue;
      }
      int taken = Math.min(batch, due);
      encoder.encode(faces.subList(0, taken));
      long done = System.nanoTime() - began;
      for (int i = 0; i < taken; i++) {
        waitedMs.add((done - waitedMs.size() * apartNs) / 1e6);
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Collections.sort(waitedMs);
    return new Latency(
        model,
        batch,
        settings.facesPerSecond(),
        waitedMs.size() / seconds,
        quantile(waitedMs, 0.5),
        quantile(waitedMs, 0.95),
        quantile(waitedMs, 0.99));
  }

  /** Additions and multiplications for a face in the convolutions, in billions; 0 if not known. */
  private static double gigaflop(Architecture architecture) {
    return switch (architecture) {
      case MOBILEFACENET, MOBILEFACENET_RELU6 -> 0.468;
      case EDGEFACE_XS -> 0.195;
      case INCEPTION_RESNET_V1 -> 2.9;
      case MTCNN, MINIFASNET, ONNX -> 0;
    };
  }

  private static List<AlignedFace> faces(Encoder encoder, int count) {
    int side = encoder.cropSidePx();
    List<AlignedFace> faces = new ArrayList<>();
    for (int face = 0; face < count; face++) {
      byte[] rgb = new byte[side * side * 3];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) (i * (face + 3) / 7 + 50 * face);
      }
      faces.add(new AlignedFace(rgb, side, side, encoder.alignment()));
    }
    return faces;
  }

  private static FloatBuffer values(int faces, int side) {
    FloatBuffer values =
        ByteBuffer.allocateDirect(faces * 3 * side * side * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, i % 255 / 128f - 1);
    }
    return values;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double quantile(List<Double> sorted, double share) {
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
