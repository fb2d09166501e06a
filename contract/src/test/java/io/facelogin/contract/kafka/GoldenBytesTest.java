package io.facelogin.contract.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.facelogin.contract.v1.Box;
import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.CameraState;
import io.facelogin.contract.v1.CameraStatus;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.EnrolmentResult;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.PersonKey;
import io.facelogin.contract.v1.Point;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Quality;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Sample;
import io.facelogin.contract.v1.Template;
import io.facelogin.contract.v1.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One record of every topic, stored as bytes when schema 1 was made. A record on somebody's disk
 * must stay readable, so the files change only when a topic is added, never because the code has.
 */
class GoldenBytesTest {

  private static final FrameRef FRAME =
      FrameRef.newBuilder()
          .setCameraId("lobby")
          .setSequence(42)
          .setCapturedAtUs(1_700_000_000_000_000L)
          .setPurpose(Purpose.LOGIN)
          .setSessionId("s-1")
          .setWidthPx(640)
          .setHeightPx(480)
          .build();
  private static final Box BOX =
      Box.newBuilder().setX1(1.5f).setY1(-2).setX2(101.5f).setY2(130).build();
  private static final List<Point> LANDMARKS =
      List.of(point(30, 40), point(70, 40), point(50, 60), point(35, 80), point(65, 80));
  private static final Quality QUALITY =
      Quality.newBuilder()
          .setOverall(0.75f)
          .setSharpness(300)
          .setBrightness(120)
          .setContrast(50)
          .setYawDegrees(-12)
          .setPitchDegrees(3)
          .setRollDegrees(1)
          .setEyeDistancePx(40)
          .addReasons(Reason.TURNED_AWAY)
          .build();
  private static final Trace TRACE =
      Trace.newBuilder()
          .setCapturedUs(1)
          .setDetectorReceivedUs(2)
          .setDetectedUs(3)
          .setEncoderReceivedUs(4)
          .setEncodedUs(5)
          .setMatcherReceivedUs(6)
          .setDecidedUs(7)
          .build();
  private static final List<Float> VECTOR = List.of(0.6f, -0.8f);

  private static final Map<Topic<?>, MessageLite> EXAMPLES =
      Map.of(
          Topics.FRAMES,
          Frame.newBuilder()
              .setRef(FRAME)
              .setJpeg(ByteString.copyFrom(new byte[] {-1, -40, -1}))
              .setMinFacePx(40)
              .build(),
          Topics.FACES,
          Faces.newBuilder()
              .setFrame(FRAME)
              .addFaces(
                  FaceCrop.newBuilder()
                      .setTrackId(7)
                      .setBox(BOX)
                      .addAllLandmarks(LANDMARKS)
                      .setDetectionScore(0.99f)
                      .setQuality(QUALITY)
                      .setAttackScore(0.1f)
                      .setCropRgb(ByteString.copyFrom(new byte[] {1, 2, 3}))
                      .setCropWidthPx(1)
                      .setCropHeightPx(1)
                      .setAlignment("arcface-112"))
              .addProblems(Reason.SEVERAL_FACES)
              .setDetectorModelId("mtcnn")
              .setTrace(TRACE)
              .build(),
          Topics.EMBEDDINGS,
          Embeddings.newBuilder()
              .setFrame(FRAME)
              .addFaces(
                  EmbeddedFace.newBuilder()
                      .setTrackId(7)
                      .setBox(BOX)
                      .addAllLandmarks(LANDMARKS)
                      .setDetectionScore(0.99f)
                      .setQuality(QUALITY)
                      .setAttackScore(0)
                      .addAllVector(VECTOR))
              .setModelId("mobilefacenet")
              .setTrace(TRACE)
              .build(),
          Topics.DECISIONS,
          Decision.newBuilder()
              .setDecisionId("d-1")
              .setFrame(FRAME)
              .setTrackId(7)
              .setRevision(1)
              .setBox(BOX)
              .setOutcome(Outcome.ACCEPTED)
              .addReasons(Reason.MATCHED)
              .setPersonId("p-1")
              .setCosineSimilarity(0.8f)
              .setRunnerUpCosineSimilarity(0.2f)
              .setThreshold(0.55f)
              .setFpirAtGallerySize(0.001)
              .setGalleryPeople(16)
              .setFramesUsed(3)
              .setModelId("mobilefacenet")
              .setTrace(TRACE)
              .build(),
          Topics.ENROLMENTS,
          EnrolmentCommand.newBuilder()
              .setCommandId("c-1")
              .setPersonId("p-1")
              .setIssuedAtUs(8)
              .setEnrol(
                  EnrolmentCommand.Enrol.newBuilder()
                      .addSamples(
                          Sample.newBuilder()
                              .addAllVector(VECTOR)
                              .setModelId("mobilefacenet")
                              .setQuality(QUALITY)
                              .setSource("webcam")
                              .setCapturedAtUs(9))
                      .setConsentId("k-1")
                      .setAllowSingle(true))
              .build(),
          Topics.ENROLMENT_RESULTS,
          EnrolmentResult.newBuilder()
              .setCommandId("c-1")
              .setPersonId("p-1")
              .addReasons(Reason.DUPLICATE)
              .setDuplicateOfPersonId("p-2")
              .setCosineSimilarity(0.9f)
              .build(),
          Topics.GALLERY,
          Template.newBuilder()
              .setTemplateId("t-1")
              .setPersonId("p-1")
              .addAllVector(VECTOR)
              .setModelId("mobilefacenet")
              .setQuality(QUALITY)
              .setSource("webcam")
              .setEnrolledAtUs(10)
              .setWeak(true)
              .build(),
          Topics.CAMERAS,
          Camera.newBuilder()
              .setCameraId("lobby")
              .setName("Lobby")
              .setAddress("rtsp://127.0.0.1/cam1")
              .setMinFacePx(40)
              .setMaxFramesPerSecond(5)
              .setEnabled(true)
              .setUpdatedAtUs(11)
              .build(),
          Topics.PERSON_KEYS,
          PersonKey.newBuilder()
              .setWrapped(ByteString.copyFromUtf8("wrapped"))
              .setMadeAtUs(13)
              .build(),
          Topics.CAMERA_STATUS,
          CameraStatus.newBuilder()
              .setCameraId("lobby")
              .setState(CameraState.AWAY)
              .setSinceUs(12)
              .setMessage("does not answer")
              .setFramesPublished(100)
              .setFramesDropped(3)
              .build());

  @TestFactory
  Stream<DynamicTest> recordOfSchemaOneIsStillReadAndWrittenTheSame() {
    return Topics.ALL.stream()
        .map(
            topic ->
                DynamicTest.dynamicTest(
                    topic.name(),
                    () -> {
                      byte[] golden = HexFormat.of().parseHex(golden(topic.name()));
                      MessageLite example = requireNonNull(EXAMPLES.get(topic));
                      assertThat(
                              topic.valueSerde().deserializer().deserialize(topic.name(), golden))
                          .isEqualTo(example);
                      assertThat(example.toByteArray()).isEqualTo(golden);
                    }));
  }

  @Test
  void everyTopicHasAnExample() {
    assertThat(EXAMPLES.keySet()).containsExactlyInAnyOrderElementsOf(Topics.ALL);
  }

  private static String golden(String topic) throws IOException {
    try (InputStream in = GoldenBytesTest.class.getResourceAsStream("/golden/" + topic + ".hex")) {
      if (in == null) {
        throw new IOException(
            "No golden bytes for topic "
                + topic
                + ". They would be: "
                + HexFormat.of().formatHex(example(topic)));
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
  }

  static byte[] example(String topic) {
    return EXAMPLES.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(topic))
        .findFirst()
        .orElseThrow()
        .getValue()
        .toByteArray();
  }

  private static Point point(float x, float y) {
    return Point.newBuilder().setX(x).setY(y).build();
  }
}
