package io.facelogin.web.identify;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Trace;
import io.facelogin.models.EncodedFace;
import io.facelogin.web.kafka.Answers;
import io.facelogin.web.kafka.Feeds;
import io.facelogin.web.kafka.Outgoing;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Asks the matcher about faces of still pictures. All faces of one probe show one person: they have
 * the same track id and are decided together.
 */
@Component
class Probes {

  private static final long TRACK = 1;

  private final Outgoing outgoing;
  private final Clock clock;
  private final Answers<Decision> answers = new Answers<>();

  Probes(Feeds feeds, Outgoing outgoing, Clock clock) {
    this.outgoing = outgoing;
    this.clock = clock;
    feeds.follow(
        Topics.DECISIONS,
        Feeds.Start.NOW,
        (camera, decision) -> {
          if (decision != null && decision.getFrame().getPurpose() == Purpose.IDENTIFY) {
            answers.arrived(camera, decision);
          }
        });
  }

  /**
   * Publishes the probe; the answer is awaited by whoever asked, who also closes it.
   *
   * @param faces empty if the pictures show none
   */
  Answers<Decision>.Expected ask(
      List<EncodedFace> faces, String modelId, int widthPx, int heightPx) {
    String request = UUID.randomUUID().toString();
    String camera = "rest-" + request;
    long nowUs = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    Embeddings.Builder probe =
        Embeddings.newBuilder()
            .setFrame(
                FrameRef.newBuilder()
                    .setCameraId(camera)
                    .setSequence(1)
                    .setCapturedAtUs(nowUs)
                    .setPurpose(Purpose.IDENTIFY)
                    .setSessionId(request)
                    .setWidthPx(widthPx)
                    .setHeightPx(heightPx))
            .setModelId(modelId)
            .setTrace(Trace.newBuilder().setCapturedUs(nowUs).setEncodedUs(nowUs));
    if (faces.isEmpty()) {
      probe.addProblems(Reason.NO_FACE);
    }
    faces.forEach(face -> probe.addFaces(OnTheWire.face(face, TRACK)));
    Answers<Decision>.Expected expected = answers.expect(camera);
    try {
      outgoing.publish(Topics.EMBEDDINGS, camera, probe.build());
    } catch (RuntimeException e) {
      expected.close();
      throw e;
    }
    return expected;
  }
}
