package io.facelogin.matcher.kafka;

import static io.facelogin.matcher.TestFaces.like;
import static io.facelogin.matcher.TestFaces.person;
import static io.facelogin.matcher.kafka.TestRecords.enrol;
import static io.facelogin.matcher.kafka.TestRecords.face;
import static io.facelogin.matcher.kafka.TestRecords.frame;
import static io.facelogin.matcher.kafka.TestRecords.samples;
import static io.facelogin.matcher.kafka.TestRecords.unusable;
import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.state.Track;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideTopologyTest {

  @TempDir Path folder;
  private TopologyHarness matcher;
  private long sequence;

  @BeforeEach
  void enrolTwo() throws IOException {
    matcher = new TopologyHarness(folder);
    matcher.command(enrol("c1", "ann", samples(1, 3, 1)), enrol("c2", "bob", samples(2, 3, 1)));
  }

  @AfterEach
  void stop() {
    matcher.close();
  }

  @Test
  void theThirdGoodFrameSettlesATrackAndFurtherOnesAreNoNews() {
    assertThat(matcher.see(watch(face(7, ann(1))), watch(face(7, ann(2))))).isEmpty();
    Decision decision = matcher.see(watch(face(7, ann(3)))).get(0);
    assertThat(decision.getOutcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.getPersonId()).isEqualTo("ann");
    assertThat(decision.getReasonsList()).containsExactly(Reason.MATCHED);
    assertThat(decision.getTrackId()).isEqualTo(7);
    assertThat(decision.getRevision()).isEqualTo(1);
    assertThat(decision.getFramesUsed()).isEqualTo(3);
    assertThat(decision.getGalleryPeople()).isEqualTo(2);
    assertThat(decision.getThreshold()).isBetween(0.53f, 0.54f);
    assertThat(decision.getFpirAtGallerySize()).isBetween(1e-4, 1e-3);
    assertThat(decision.getModelId()).isEqualTo(TestFaces.MODEL);
    assertThat(decision.getTrace().getCapturedUs()).isPositive();
    assertThat(decision.getTrace().getMatcherReceivedUs()).isPositive();
    assertThat(decision.getTrace().getDecidedUs())
        .isGreaterThanOrEqualTo(decision.getTrace().getMatcherReceivedUs());
    assertThat(matcher.see(watch(face(7, ann(4))), watch(face(7, ann(5))))).isEmpty();
  }

  @Test
  void aTrackThatTurnsIntoSomebodyElseIsRejectedInItsNextRevision() {
    Decision first =
        matcher.see(watch(face(1, ann(1))), watch(face(1, ann(2))), watch(face(1, ann(3)))).get(0);
    Decision next = matcher.see(watch(face(1, bob(4)))).get(0);
    assertThat(next.getOutcome()).isEqualTo(Outcome.REJECTED);
    assertThat(next.getReasonsList()).containsExactly(Reason.CONFLICTING_FRAMES);
    assertThat(next.getPersonId()).isEmpty();
    assertThat(next.getRevision()).isEqualTo(2);
    assertThat(next.getDecisionId()).isNotEqualTo(first.getDecisionId());
  }

  @Test
  void aStrangerIsUnknownOnce() {
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      decisions.addAll(matcher.see(watch(face(1, like(person(9), 0.9, i)))));
    }
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).getOutcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(decisions.get(0).getReasonsList()).containsExactly(Reason.NOT_ENROLLED);
  }

  @Test
  void poorFramesDoNotCountAndATrackThatHadOnlySuchSaysWhyAtItsEnd() {
    EmbeddedFace turned = face(1, ann(1), TestFaces.poor(Reason.TURNED_AWAY));
    assertThat(matcher.see(watch(turned), watch(turned), watch(turned), watch(turned))).isEmpty();
    Decision closing = matcher.decisionsAfter(Duration.ofSeconds(62)).get(0);
    assertThat(closing.getOutcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(closing.getReasonsList())
        .containsExactlyInAnyOrder(Reason.TOO_FEW_FRAMES, Reason.TURNED_AWAY);
    assertThat(matcher.decisionsAfter(Duration.ofSeconds(62))).isEmpty();
  }

  @Test
  void tracksThatAreOverLeaveTheStoreByTheTimeOfTheirCameraAndByTheWallClock() {
    for (int track = 0; track < 50; track++) {
      matcher.see(watch(face(track, ann(track))));
    }
    assertThat(matcher.tracks()).isEqualTo(50);
    sequence += 1_000;
    matcher.see(watch(face(99, ann(99))));
    assertThat(matcher.tracks()).isEqualTo(1);
    matcher.decisionsAfter(Duration.ofSeconds(62));
    assertThat(matcher.tracks()).isZero();
  }

  @Test
  void aTrackIsNotOverBecauseTheMatcherWasAway() {
    long anHourAgo = TopologyHarness.START.minus(Duration.ofHours(1)).toEpochMilli();
    matcher.leftBehind(
        "gate", 1, Track.newBuilder().setRevision(1).setLastTouchedMs(anHourAgo).build());
    matcher.decisionsAfter(Duration.ofSeconds(58));
    assertThat(matcher.tracks()).isEqualTo(1);
    matcher.decisionsAfter(Duration.ofSeconds(4));
    assertThat(matcher.tracks()).isZero();
  }

  @Test
  void aTrackIsNotOverBecauseItsFramesComeLate() {
    matcher.see(
        watch(face(1, ann(1)), face(2, bob(1))),
        watch(face(1, ann(2)), face(2, bob(2))),
        watch(face(1, ann(3)), face(2, bob(3))));
    assertThat(matcher.decisionsAfter(Duration.ofSeconds(30))).isEmpty();
    for (int i = 4; i < 8; i++) {
      for (EmbeddedFace face : List.of(face(1, ann(i)), face(2, bob(i)))) {
        Embeddings frame = watch(face);
        long encodedMs = frame.getFrame().getCapturedAtUs() / 1_000 + 30_000;
        matcher.seeBytes(frame.getFrame().getCameraId(), frame.toByteArray(), encodedMs);
      }
    }
    assertThat(matcher.decisionsAfter(Duration.ZERO)).isEmpty();
    assertThat(matcher.tracks()).isEqualTo(2);
  }

  @Test
  void aTrackNumberUsedAgainAfterAPauseIsANewTrack() {
    Decision first =
        matcher.see(watch(face(1, ann(1))), watch(face(1, ann(2))), watch(face(1, ann(3)))).get(0);
    sequence += 1_000;
    Decision second =
        matcher.see(watch(face(1, bob(1))), watch(face(1, bob(2))), watch(face(1, bob(3)))).get(0);
    assertThat(second.getPersonId()).isEqualTo("bob");
    assertThat(second.getRevision()).isEqualTo(1);
    assertThat(second.getDecisionId()).isNotEqualTo(first.getDecisionId());
  }

  @Test
  void twoFacesOfOneFrameAreNotTheSamePerson() {
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      decisions.addAll(
          matcher.see(
              watch(
                  face(1, like(person(1), 0.7, i)),
                  face(2, like(person(1), 0.95, i)),
                  face(3, bob(i)))));
    }
    assertThat(decisions).extracting(Decision::getPersonId).containsExactly("", "ann", "bob");
    assertThat(decisions.get(0).getReasonsList()).containsExactly(Reason.AMBIGUOUS);
  }

  @Test
  void aStillPictureIsDecidedAtOnceAndItsFacesApart() {
    List<Decision> decisions =
        matcher.see(identify(face(1, ann(1)), face(2, like(person(9), 0.9, 1))));
    assertThat(decisions).extracting(Decision::getTrackId).containsExactly(1L, 2L);
    assertThat(decisions)
        .extracting(Decision::getOutcome)
        .containsExactly(Outcome.ACCEPTED, Outcome.UNKNOWN);
  }

  @Test
  void picturesOfOneProbeAreDecidedTogether() {
    Decision decision =
        matcher.see(identify(face(1, ann(1)), face(1, ann(2)), face(1, ann(3)))).get(0);
    assertThat(decision.getPersonId()).isEqualTo("ann");
    assertThat(decision.getFramesUsed()).isEqualTo(3);
    assertThat(matcher.see(identify(face(1, ann(1)), face(1, bob(2)))).get(0).getReasonsList())
        .containsExactly(Reason.CONFLICTING_FRAMES);
  }

  @Test
  void aStillPictureWithNothingUsableIsAnsweredWithTheReasons() {
    assertThat(matcher.see(identify()).get(0).getReasonsList()).containsExactly(Reason.NO_FACE);
    Decision small = matcher.see(identify(unusable(4, Reason.TOO_SMALL))).get(0);
    assertThat(small.getOutcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(small.getTrackId()).isZero();
    assertThat(small.getReasonsList()).containsExactly(Reason.TOO_SMALL);
    assertThat(small.hasCosineSimilarity()).isFalse();
  }

  @Test
  void enrolmentFramesAreNeverMatchedAndEmptySiteFramesGiveNoDecision() {
    for (int i = 0; i < 5; i++) {
      assertThat(matcher.see(of(Purpose.ENROL, face(1, ann(i))))).isEmpty();
      assertThat(matcher.see(watch())).isEmpty();
    }
    assertThat(matcher.decisionsAfter(Duration.ofSeconds(20))).isEmpty();
    assertThat(matcher.registry.counter("matcher.embeddings.ignored").count()).isEqualTo(5);
  }

  @Test
  void anotherNetworksEmbeddingsAreNotCompared() {
    Embeddings foreign = identify(face(1, ann(1))).toBuilder().setModelId("other-net").build();
    assertThat(matcher.see(foreign).get(0).getReasonsList()).containsExactly(Reason.MODEL_MISMATCH);
  }

  @Test
  void aGalleryThatCannotBeSearchedWholeDecidesNothing() {
    matcher.gallery.setComplete(false);
    Decision decision = matcher.see(identify(face(1, ann(1)))).get(0);
    assertThat(decision.getOutcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(decision.getReasonsList()).containsExactly(Reason.INCOMPLETE_SEARCH);
  }

  @Test
  void recordsThatNobodyCanReadAreSetAsideWithTheirOrigin() {
    matcher.seeBytes("cam", "no protobuf".getBytes(StandardCharsets.UTF_8), 1);
    matcher.seeBytes("cam", identify(face(1, new float[] {1, 0})).toByteArray(), 1);
    float[] long2 = ann(1);
    long2[0] += 3;
    matcher.seeBytes("cam", identify(face(1, long2)).toByteArray(), 1);
    var letters = matcher.deadLetters("embeddings");
    assertThat(letters).hasSize(3);
    assertThat(
            new String(
                letters.get(2).headers().lastHeader("origin").value(), StandardCharsets.UTF_8))
        .isEqualTo("embeddings-0@2");
    assertThat(matcher.see(identify(face(1, ann(1))))).hasSize(1);
  }

  @Test
  void replayingTheTopicGivesEqualDecisions() throws IOException {
    List<Embeddings> recorded = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      recorded.add(
          watch(face(i / 10, i < 20 ? ann(i) : bob(i)), face(100, like(person(9), 0.8, i))));
    }
    List<Decision> first = matcher.see(recorded.toArray(Embeddings[]::new));
    try (TopologyHarness replay = new TopologyHarness(folder.resolve("replay"))) {
      replay.command(enrol("c1", "ann", samples(1, 3, 1)), enrol("c2", "bob", samples(2, 3, 1)));
      assertThat(replay.see(recorded.toArray(Embeddings[]::new)))
          .extracting(d -> d.toBuilder().clearTrace().build())
          .isEqualTo(first.stream().map(d -> d.toBuilder().clearTrace().build()).toList());
    }
    assertThat(first).hasSize(5);
  }

  private Embeddings watch(EmbeddedFace... faces) {
    return of(Purpose.WATCH, faces);
  }

  private Embeddings identify(EmbeddedFace... faces) {
    return of(Purpose.IDENTIFY, faces);
  }

  private Embeddings of(Purpose purpose, EmbeddedFace... faces) {
    sequence++;
    return frame(
        purpose, "cam", sequence, TopologyHarness.START.toEpochMilli() + sequence * 100, faces);
  }

  private static float[] ann(int seed) {
    return like(person(1), 0.85, 5_000 + seed);
  }

  private static float[] bob(int seed) {
    return like(person(2), 0.85, 6_000 + seed);
  }
}
