package io.facelogin.infra.benchmark.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.store.ModelStore;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodeBenchmarkIT {

  private static final int SIDE = 112;

  @TempDir Path models;

  @Test
  void peerComputesWhatOursComputes() throws Exception {
    var store = new ModelStore(models);
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 11 + i % 3 * 40);
    }
    FloatBuffer values = FloatBuffer.allocate(rgb.length);
    for (int channel = 0; channel < 3; channel++) {
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        // The packaged weights are for (v - 127.5) / 128.
        values.put(((rgb[3 * pixel + channel] & 0xff) - 127.5f) / 128);
      }
    }
    values.flip();

    try (Encoder encoder = store.openEncoder("mobilefacenet");
        OnnxPeer peer = OnnxPeer.of(store, "mobilefacenet").orElseThrow()) {
      Embedding ours =
          encoder.encode(List.of(new AlignedFace(rgb, SIDE, SIDE, encoder.alignment()))).get(0);
      Embedding theirs = Embedding.normalised(encoder.model(), peer.run(values, 1, SIDE));

      assertThat(ours.cosineSimilarity(theirs)).isGreaterThan(0.99999f);
    }
  }

  @Test
  void measuresBothLoopsAndTheMatrixPeak() throws Exception {
    var benchmark =
        new EncodeBenchmark(
            new ModelStore(models),
            new EncodeSettings(List.of(2), 1, false, 10, Duration.ofMillis(300)));

    benchmark.measure("mobilefacenet");

    EncodeReport report = benchmark.report();
    assertThat(report.matrixPeakGigaflopPerSecond()).isPositive();
    assertThat(report.closedLoop()).hasSize(1);
    assertThat(report.closedLoop().get(0).facesPerSecond()).isPositive();
    assertThat(report.closedLoop().get(0).peerFacesPerSecond()).isPositive();
    assertThat(report.openLoop().get(0).p99Ms())
        .isGreaterThanOrEqualTo(report.openLoop().get(0).p50Ms());
  }

  @Test
  void refusesABatchOfNone() {
    assertThatThrownBy(() -> new EncodeSettings(List.of(0), 1, false, 0, Duration.ofSeconds(1)))
        .hasMessage("--batch must be 1 to 256, got 0");
  }
}
