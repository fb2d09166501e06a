package io.facelogin.encoder.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.facelogin.contract.ModelId;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Quality;
import io.facelogin.contract.v1.Reason;
import io.facelogin.encoder.EncoderMetrics;
import io.facelogin.encoder.EncoderSettings;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaceEncodingTest {

  private static final String ALIGNMENT = "two-pixels";

  private final CountingEncoder encoder = new CountingEncoder();

  @Test
  void allFacesOfAPollGoThroughTheNetworkInOneCall() {
    List<Embeddings> answers =
        encoding(Set.of())
            .encode(
                List.of(frame(Purpose.WATCH, good(10), good(20)), frame(Purpose.LOGIN, good(30))),
                5);
    assertThat(encoder.calls).containsExactly(3);
    assertThat(answers.get(0).getFaces(1).getVector(0)).isEqualTo(20);
    assertThat(answers.get(1).getFaces(0).getVector(0)).isEqualTo(30);
    assertThat(answers.get(1).getTrace().getEncoderReceivedUs()).isEqualTo(5);
    assertThat(answers.get(0).getModelId()).isEqualTo("counting");
  }

  @Test
  void warmingUpRunsTheNetworkOnTheUsualNumbersOfFaces() {
    encoding(Set.of()).warmUp();
    assertThat(encoder.calls).containsExactly(1, 2, 4, 8);
  }

  @Test
  void whatTheNetworkSawWeighsIntoTheQuality() {
    FaceCrop face = good(10).toBuilder().setQuality(Quality.newBuilder().setOverall(0.8f)).build();
    Embeddings answer = encoding(Set.of()).encode(List.of(frame(Purpose.WATCH, face)), 5).get(0);
    assertThat(answer.getFaces(0).getQuality().getOverall()).isEqualTo(0.4f);
  }

  @Test
  void frameWithoutFacesIsPassedOnWithItsProblems() {
    Faces none = frame(Purpose.LOGIN).toBuilder().addProblems(Reason.NO_FACE).build();
    List<Embeddings> answers = encoding(Set.of()).encode(List.of(none), 5);
    assertThat(answers.get(0).getProblemsList()).containsExactly(Reason.NO_FACE);
    assertThat(encoder.calls).isEmpty();
  }

  @Test
  void poorFaceGetsNoVectorButKeepsItsReasons() {
    FaceCrop poor = with(good(10), Reason.BLURRED);
    Embeddings answer = encoding(Set.of()).encode(List.of(frame(Purpose.WATCH, poor)), 5).get(0);
    assertThat(answer.getFaces(0).getVectorList()).isEmpty();
    assertThat(answer.getFaces(0).getQuality().getReasonsList()).containsExactly(Reason.BLURRED);
    assertThat(answer.getFaces(0).getTrackId()).isEqualTo(10);
  }

  @Test
  void poorFaceIsEncodedWhereThePolicySaysSo() {
    FaceCrop poor = with(good(10), Reason.BLURRED);
    List<Embeddings> answers =
        encoding(Set.of(Purpose.IDENTIFY))
            .encode(List.of(frame(Purpose.IDENTIFY, poor), frame(Purpose.WATCH, poor)), 5);
    assertThat(answers.get(0).getFaces(0).getVectorCount()).isEqualTo(1);
    assertThat(answers.get(1).getFaces(0).getVectorCount()).isZero();
  }

  @Test
  void cropAlignedForAnotherEncoderIsNotEncodedAndSaysWhy() {
    FaceCrop foreign = good(10).toBuilder().setAlignment("facenet-160").build();
    FaceCrop cut = good(11).toBuilder().setCropRgb(ByteString.copyFrom(new byte[3])).build();
    Embeddings answer =
        encoding(Set.of()).encode(List.of(frame(Purpose.WATCH, foreign, cut)), 5).get(0);
    assertThat(answer.getFacesList())
        .allSatisfy(
            face -> {
              assertThat(face.getVectorCount()).isZero();
              assertThat(face.getQuality().getReasonsList()).contains(Reason.MODEL_MISMATCH);
            });
  }

  @Test
  void faceWithoutACropGoesOnWithoutAVectorAndWithoutBlame() {
    FaceCrop passedOver = good(12).toBuilder().clearCropRgb().build();
    Embeddings answer =
        encoding(Set.of()).encode(List.of(frame(Purpose.WATCH, passedOver)), 5).get(0);
    assertThat(answer.getFaces(0).getTrackId()).isEqualTo(12);
    assertThat(answer.getFaces(0).getVectorCount()).isZero();
    assertThat(answer.getFaces(0).getQuality().getReasonsList()).isEmpty();
  }

  private FaceEncoding encoding(Set<Purpose> encodePoorFor) {
    return new FaceEncoding(
        new EncoderSettings(false, encodePoorFor, 32),
        encoder,
        new EncoderMetrics(new SimpleMeterRegistry()),
        Clock.systemUTC());
  }

  private static Faces frame(Purpose purpose, FaceCrop... faces) {
    return Faces.newBuilder()
        .setFrame(FrameRef.newBuilder().setCameraId("door").setPurpose(purpose))
        .addAllFaces(List.of(faces))
        .build();
  }

  private static FaceCrop good(int value) {
    return FaceCrop.newBuilder()
        .setTrackId(value)
        .setCropRgb(ByteString.copyFrom(new byte[] {(byte) value, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
        .setCropWidthPx(2)
        .setCropHeightPx(2)
        .setAlignment(ALIGNMENT)
        .build();
  }

  private static FaceCrop with(FaceCrop face, Reason reason) {
    return face.toBuilder().setQuality(Quality.newBuilder().addReasons(reason)).build();
  }

  /** Gives each face its first byte as a vector. */
  private static final class CountingEncoder implements Encoder {

    private final List<Integer> calls = new ArrayList<>();

    @Override
    public ModelId model() {
      return new ModelId("counting");
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public String alignment() {
      return ALIGNMENT;
    }

    @Override
    public int cropSidePx() {
      return 2;
    }

    @Override
    public List<Embedding> encode(List<AlignedFace> faces) {
      calls.add(faces.size());
      return faces.stream()
          .map(face -> new Embedding(model(), new float[] {face.rgb()[0]}))
          .toList();
    }

    @Override
    public float recognisability(Embedding embedding) {
      return 0.5f;
    }

    @Override
    public void close() {}
  }
}
