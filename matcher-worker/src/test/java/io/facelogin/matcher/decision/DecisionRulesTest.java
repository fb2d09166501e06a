package io.facelogin.matcher.decision;

import static io.facelogin.matcher.TestFaces.like;
import static io.facelogin.matcher.TestFaces.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.decision.Decision.Accepted;
import io.facelogin.matcher.decision.Decision.Rejected;
import io.facelogin.matcher.decision.Decision.Unknown;
import io.facelogin.matcher.gallery.Gallery;
import io.facelogin.matcher.gallery.GalleryChange;
import io.facelogin.matcher.gallery.TestGallery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionRulesTest {

  private static final ModelId MODEL = new ModelId(TestFaces.MODEL);
  private static final PersonId ANN = new PersonId("ann");
  private static final PersonId BOB = new PersonId("bob");

  @TempDir Path folder;
  private Gallery gallery;
  private DecisionRules rules;
  private long pictures = 1_000;

  @BeforeEach
  void enrolTwo() throws IOException {
    gallery = TestGallery.open(folder);
    TestGallery.enrol(gallery, "ann", person(1), like(person(1), 0.9, 1));
    TestGallery.enrol(gallery, "bob", person(2));
    rules =
        new DecisionRules(
            DecisionSettings.defaults(),
            new ThresholdPolicy(
                TestFaces.manifest().measured().impostors().orElseThrow(), 1e-3, 1e-4),
            gallery);
  }

  @Test
  void enoughFramesOfSomebodyEnrolledAreAccepted() {
    Verdict verdict = rules.decide(probe(frames(person(1), 0.7, 3)));
    assertThat(verdict.decision()).isEqualTo(new Accepted(ANN));
    assertThat(verdict.bestCosineSimilarity().orElseThrow()).isBetween(0.8, 0.95);
    assertThat(verdict.runnerUpCosineSimilarity().orElseThrow()).isLessThan(0.3);
    assertThat(verdict.framesUsed()).isEqualTo(3);
    assertThat(verdict.galleryPeople()).isEqualTo(2);
  }

  @Test
  void aStrangerIsUnknownWithTheBestSimilarityTold() {
    Verdict verdict = rules.decide(probe(frames(person(3), 0.9, 5)));
    assertThat(verdict.decision()).isEqualTo(new Unknown(Reason.NOT_ENROLLED));
    assertThat(verdict.bestCosineSimilarity()).isPresent();
  }

  @Test
  void twoFramesAreTooFew() {
    assertThat(rules.decide(probe(frames(person(1), 0.9, 2))).decision())
        .isEqualTo(new Unknown(Reason.TOO_FEW_FRAMES));
    assertThat(rules.decide(probe(List.of())).decision())
        .isEqualTo(new Unknown(Reason.TOO_FEW_FRAMES));
  }

  @Test
  void probeNearTwoPeopleIsUnknownEvenAboveThreshold() {
    TestGallery.enrol(gallery, "twin", like(person(1), 0.98, 9));
    assertThat(rules.decide(probe(frames(like(person(1), 0.995, 8), 0.8, 4))).decision())
        .isEqualTo(new Unknown(Reason.AMBIGUOUS));
  }

  @Test
  void framesThatShowTwoPeopleAreRejected() {
    List<ProbeFrame> frames = new ArrayList<>(frames(person(1), 0.9, 3));
    frames.addAll(frames(person(2), 0.9, 1));
    assertThat(rules.decide(probe(frames)).decision())
        .isEqualTo(new Rejected(Reason.CONFLICTING_FRAMES));
  }

  @Test
  void oneStrayFrameAmongManyIsNoise() {
    List<ProbeFrame> frames = new ArrayList<>(frames(person(1), 0.9, 8));
    frames.addAll(frames(person(2), 0.9, 1));
    assertThat(rules.decide(probe(frames)).decision()).isEqualTo(new Accepted(ANN));
  }

  @Test
  void framesThatShowDifferentPeopleAreRejectedEvenIfNobodyElseIsNamed() {
    List<ProbeFrame> frames = new ArrayList<>(frames(person(1), 0.7, 2));
    frames.addAll(frames(person(5), 0.7, 1));
    frames.addAll(frames(person(6), 0.7, 1));
    assertThat(rules.decide(probe(frames)).decision())
        .isEqualTo(new Rejected(Reason.CONFLICTING_FRAMES));
  }

  @Test
  void betterFramesWeighMore() {
    ProbeFrame clear = new ProbeFrame(like(person(1), 0.9, 1), 1, Optional.empty());
    ProbeFrame blurred = new ProbeFrame(like(person(1), 0.2, 2), 0.1f, Optional.empty());
    assertThat(rules.decide(probe(List.of(clear, clear, blurred, blurred))).decision())
        .isEqualTo(new Accepted(ANN));
  }

  @Test
  void whoWasAcceptedStandsALittleBelowTheThreshold() {
    List<ProbeFrame> frames =
        Collections.nCopies(4, new ProbeFrame(like(person(2), 0.51, 1), 1, Optional.empty()));
    assertThat(rules.decide(probe(frames)).decision()).isEqualTo(new Unknown(Reason.NOT_ENROLLED));
    assertThat(rules.decide(new Probe(MODEL, frames, 3, Optional.of(BOB))).decision())
        .isEqualTo(new Accepted(BOB));
    assertThat(rules.decide(new Probe(MODEL, frames, 3, Optional.of(ANN))).decision())
        .isEqualTo(new Unknown(Reason.NOT_ENROLLED));
  }

  @Test
  void whatCannotBeComparedFailsClosed() {
    List<ProbeFrame> frames = frames(person(1), 0.9, 3);
    assertThat(
            rules
                .decide(new Probe(new ModelId("other-net"), frames, 3, Optional.of(ANN)))
                .decision())
        .isEqualTo(new Unknown(Reason.MODEL_MISMATCH));
    gallery.setComplete(false);
    assertThat(rules.decide(probe(frames)).decision())
        .isEqualTo(new Unknown(Reason.INCOMPLETE_SEARCH));
  }

  @Test
  void anEmptyGalleryAndOneOfAnotherNetworkAreToldApart() throws IOException {
    Gallery empty = TestGallery.open(folder.resolve("empty"));
    DecisionRules there =
        new DecisionRules(
            DecisionSettings.defaults(),
            new ThresholdPolicy(
                TestFaces.manifest().measured().impostors().orElseThrow(), 1e-3, 1e-4),
            empty);
    assertThat(there.decide(probe(frames(person(1), 0.9, 3))).decision())
        .isEqualTo(new Unknown(Reason.GALLERY_EMPTY));
    empty.apply(
        List.of(
            new GalleryChange.Enrolled(
                TestGallery.reference("t", "ann", "other-net", new float[] {1}))),
        Map.of());
    assertThat(there.decide(probe(frames(person(1), 0.9, 3))).decision())
        .isEqualTo(new Unknown(Reason.MODEL_MISMATCH));
  }

  @Test
  void nobodyIsInOneFrameTwice() {
    Map<Long, Verdict> verdicts = new LinkedHashMap<>();
    verdicts.put(1L, rules.decide(probe(frames(person(1), 0.7, 3))));
    verdicts.put(2L, rules.decide(probe(frames(person(1), 0.9, 3))));
    verdicts.put(3L, rules.decide(probe(frames(person(2), 0.9, 3))));
    OnePersonOnce.settle(verdicts);
    assertThat(verdicts.values().stream().map(Verdict::decision))
        .containsExactly(new Unknown(Reason.AMBIGUOUS), new Accepted(ANN), new Accepted(BOB));
  }

  @Test
  void whereTheWantedErrorIsOutOfReachItSaysSoAndNobodyIsLetInByALowerThreshold() {
    rules =
        new DecisionRules(
            DecisionSettings.defaults(),
            new ThresholdPolicy(
                TestFaces.manifest().measured().impostors().orElseThrow(), 1e-12, 1e-12),
            gallery);
    Verdict verdict = rules.decide(probe(frames(person(1), 0.95, 3)));
    assertThat(verdict.decision()).isEqualTo(new Unknown(Reason.FPIR_OUT_OF_REACH));
    assertThat(verdict.threshold().extrapolated()).isTrue();
    assertThat(verdict.threshold().cosineSimilarity()).isGreaterThan(1);
  }

  private Probe probe(List<ProbeFrame> frames) {
    return new Probe(MODEL, frames, 3, Optional.empty());
  }

  private List<ProbeFrame> frames(float[] face, double cosine, int count) {
    List<ProbeFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = like(face, cosine, ++pictures);
      frames.add(new ProbeFrame(vector, 0.9f, rules.nameAlone(MODEL, vector)));
    }
    return frames;
  }
}
