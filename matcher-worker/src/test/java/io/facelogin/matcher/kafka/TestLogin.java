package io.facelogin.matcher.kafka;

import static io.facelogin.matcher.TestFaces.like;

import io.facelogin.contract.v1.AttackSign;
import io.facelogin.contract.v1.Challenge;
import io.facelogin.contract.v1.ChallengeAct;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Quality;
import io.facelogin.matcher.TestFaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A browser at the log-in page as the matcher sees it: eight frames a second of person 1, who lives
 * and is scored, unless told otherwise. The matcher's clock goes along with the frames.
 */
final class TestLogin {

  private static final long STEP_MS = 125;

  private final TopologyHarness matcher;
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Embeddings> shown = new ArrayList<>();
  private long atMs = TopologyHarness.START.toEpochMilli() + 60_000;
  private long behindMs = 20;
  private long sequence;
  private String session = "s1";
  private Challenge challenge = Challenge.getDefaultInstance();
  private int who = 1;
  private boolean encoded = true;
  private @Nullable Float score = 0.05f;
  private @Nullable Float relief = 1f;
  private List<AttackSign> signs = List.of();
  private float yaw;
  private float pitch;
  private float eyes = 40;

  TestLogin(TopologyHarness matcher) {
    this.matcher = matcher;
  }

  TestLogin show(int frames) {
    for (int i = 0; i < frames; i++) {
      sequence++;
      atMs += STEP_MS;
      Embeddings frame = frame();
      shown.add(frame);
      receive(frame);
    }
    return this;
  }

  private void receive(Embeddings frame) {
    matcher.clockAt(atMs + behindMs);
    decisions.addAll(matcher.see(frame));
  }

  /** The same records once more, without new ones. */
  TestLogin replayAll() {
    List.copyOf(shown).forEach(this::receive);
    return this;
  }

  TestLogin pause(Duration time) {
    atMs += time.toMillis();
    matcher.clockAt(atMs + behindMs);
    return this;
  }

  /** How much later the matcher judges; negative: its clock is behind the browser's. */
  TestLogin judgedAfter(Duration lag) {
    behindMs = lag.toMillis();
    return this;
  }

  TestLogin session(String name) {
    session = name;
    return this;
  }

  TestLogin challenged(String id, Duration time, ChallengeAct... acts) {
    challenge =
        Challenge.newBuilder()
            .setChallengeId(id)
            .addAllActs(List.of(acts))
            .setIssuedAtUs(atMs * 1_000)
            .setExpiresAtUs((atMs + time.toMillis()) * 1_000)
            .build();
    return this;
  }

  TestLogin challenge(Challenge other) {
    challenge = other;
    return this;
  }

  Challenge challenge() {
    return challenge;
  }

  TestLogin person(int number) {
    who = number;
    return this;
  }

  TestLogin encoded(boolean yes) {
    encoded = yes;
    return this;
  }

  TestLogin score(@Nullable Float value) {
    score = value;
    return this;
  }

  TestLogin relief(@Nullable Float value) {
    relief = value;
    return this;
  }

  TestLogin signs(AttackSign... seen) {
    signs = List.of(seen);
    return this;
  }

  /** Holds the head like this, and the eyes so far apart, for a few frames. */
  TestLogin held(float yawDegrees, float pitchDegrees, float eyeDistancePx, int frames) {
    yaw = yawDegrees;
    pitch = pitchDegrees;
    eyes = eyeDistancePx;
    return show(frames);
  }

  TestLogin straight(int frames) {
    return held(0, 0, 40, frames);
  }

  TestLogin turnLeft() {
    return held(25, 0, 38, 4).straight(4);
  }

  TestLogin turnRight() {
    return held(-25, 0, 38, 4).straight(4);
  }

  TestLogin nod() {
    return held(0, -18, 40, 4).straight(4);
  }

  TestLogin comeCloser() {
    return held(0, 0, 60, 4);
  }

  /** All decisions, those that come when the browser has gone included. */
  List<Decision> decisions() {
    decisions.addAll(matcher.decisionsOnceAllIsOver());
    return decisions;
  }

  private Embeddings frame() {
    EmbeddedFace.Builder face =
        EmbeddedFace.newBuilder()
            .setTrackId(7)
            .addAllAttackSigns(signs)
            .setQuality(
                Quality.newBuilder()
                    .setOverall(0.9f)
                    .setYawDegrees(yaw)
                    .setPitchDegrees(pitch)
                    .setEyeDistancePx(eyes));
    if (score != null) {
      face.setAttackScore(score);
    }
    if (relief != null) {
      face.setRelief(relief);
    }
    if (encoded) {
      for (float value : like(TestFaces.person(who), 0.85, who * 1_000L + sequence)) {
        face.addVector(value);
      }
    }
    FrameRef.Builder ref =
        FrameRef.newBuilder()
            .setCameraId("browser-s1")
            .setSequence(sequence)
            .setCapturedAtUs(atMs * 1_000)
            .setPurpose(Purpose.LOGIN)
            .setSessionId(session);
    if (!challenge.getChallengeId().isEmpty()) {
      ref.setChallenge(challenge);
    }
    return Embeddings.newBuilder().setFrame(ref).addFaces(face).setModelId(TestFaces.MODEL).build();
  }
}
