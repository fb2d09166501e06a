package io.facelogin.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirroredEncoderTest {

  private static final AlignedFace FACE =
      new AlignedFace(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 2, "small");

  @Test
  void mirrorSwapsColumnsAndKeepsColours() {
    assertThat(MirroredEncoder.mirrored(FACE).rgb())
        .containsExactly(4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9);
  }

  @Test
  void faceAndMirrorImageHaveTheSameVectorOfUnitLength() {
    try (var encoder = new MirroredEncoder(new FirstTwoBytes())) {
      List<Embedding> both = encoder.encode(List.of(FACE, MirroredEncoder.mirrored(FACE)));
      assertThat(both).hasSize(2);
      assertThat(both.get(0).cosineSimilarity(both.get(1))).isGreaterThan(0.99999f);
      assertThat(both.get(0).cosineSimilarity(both.get(0))).isBetween(0.99999f, 1.00001f);
      assertThat(both.get(0).model()).isEqualTo(new ModelId("first-two"));
    }
  }

  @Test
  void networkSawLittleInAFaceWhoseRawVectorIsShort() {
    try (var encoder = new MirroredEncoder(new RatedEncoder(new FirstTwoBytes(), 100))) {
      AlignedFace faint =
          new AlignedFace(new byte[] {40, 0, 3, 0, 40, 6, 7, 8, 9, 10, 11, 12}, 2, 2, "small");
      AlignedFace usual =
          new AlignedFace(new byte[] {120, 0, 3, 0, 120, 6, 7, 8, 9, 10, 11, 12}, 2, 2, "small");
      List<Embedding> both = encoder.encode(List.of(faint, usual));
      assertThat(encoder.recognisability(both.get(0))).isBetween(0.025f, 0.026f);
      assertThat(encoder.recognisability(both.get(1))).isEqualTo(1);
    }
  }

  /** The first two bytes as a vector of length 1. */
  private static final class FirstTwoBytes implements Encoder {

    @Override
    public ModelId model() {
      return new ModelId("first-two");
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public String alignment() {
      return "small";
    }

    @Override
    public int cropSidePx() {
      return 2;
    }

    @Override
    public List<Embedding> encode(List<AlignedFace> faces) {
      return faces.stream()
          .map(face -> Embedding.normalised(model(), new float[] {face.rgb()[0], face.rgb()[1]}))
          .toList();
    }

    @Override
    public void close() {}
  }
}
