package io.facelogin.matcher.kafka;

import static io.facelogin.matcher.TestFaces.like;
import static io.facelogin.matcher.TestFaces.person;
import static io.facelogin.matcher.kafka.TestRecords.enrol;
import static io.facelogin.matcher.kafka.TestRecords.erase;
import static io.facelogin.matcher.kafka.TestRecords.face;
import static io.facelogin.matcher.kafka.TestRecords.frame;
import static io.facelogin.matcher.kafka.TestRecords.sample;
import static io.facelogin.matcher.kafka.TestRecords.samples;
import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.PersonKeyRecords;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.EnrolmentResult;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.PersonKey;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.gallery.TestGallery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolTopologyTest {

  @TempDir Path folder;
  private TopologyHarness matcher;

  @BeforeEach
  void start() throws IOException {
    matcher = new TopologyHarness(folder);
  }

  @AfterEach
  void stop() {
    matcher.close();
  }

  @Test
  void enrolmentPublishesATemplatePerSampleAndAnswersWhenTheyCanBeFound() {
    EnrolmentCommand.Builder command = enrol("c1", "ann", samples(1, 4, 1));
    matcher.command(command.build());
    assertThat(matcher.resultsWithoutFollowing(Duration.ofMillis(500)))
        .as("nobody is told before the searches see it")
        .isEmpty();
    assertThat(matcher.follow()).hasSize(4).allMatch(r -> r.key().startsWith("ann/"));
    EnrolmentResult result = matcher.resultsWithoutFollowing(Duration.ofMillis(100)).get(0);
    assertThat(result.getAccepted()).isTrue();
    assertThat(result.getCommandId()).isEqualTo("c1");
    assertThat(result.getWeak()).isFalse();
    assertThat(result.getTemplateIdsList()).hasSize(4).doesNotHaveDuplicates();
    assertThat(matcher.gallery.index().people()).isEqualTo(1);
  }

  @Test
  void aRepeatedCommandChangesNothing() {
    EnrolmentResult first = matcher.command(enrol("c1", "ann", samples(1, 3, 1))).get(0);
    EnrolmentResult again = matcher.command(enrol("c1", "ann", samples(1, 3, 1))).get(0);
    assertThat(again).isEqualTo(first);
    assertThat(matcher.gallery.index().templates()).isEqualTo(3);
  }

  @Test
  void enrollingAgainAddsTemplatesIfTheyShowTheSamePerson() {
    matcher.command(enrol("c1", "ann", samples(1, 3, 1)));
    assertThat(matcher.command(enrol("c2", "ann", samples(1, 3, 2))).get(0).getAccepted()).isTrue();
    assertThat(matcher.gallery.index().templatesOf(new PersonId("ann"))).hasSize(6);
    EnrolmentResult other = matcher.command(enrol("c3", "ann", samples(2, 3, 3))).get(0);
    assertThat(other.getReasonsList()).containsExactly(Reason.SAMPLES_DISAGREE);
  }

  @Test
  void somebodyElseWhoLooksTheSameIsNamedAndCanBeAllowed() {
    matcher.command(enrol("c1", "ann", samples(1, 3, 1)));
    EnrolmentResult refused = matcher.command(enrol("c2", "eve", samples(1, 3, 2))).get(0);
    assertThat(refused.getAccepted()).isFalse();
    assertThat(refused.getReasonsList()).containsExactly(Reason.DUPLICATE);
    assertThat(refused.getDuplicateOfPersonId()).isEqualTo("ann");
    assertThat(refused.getCosineSimilarity()).isBetween(0.6f, 0.8f);
    EnrolmentCommand.Builder allowed = enrol("c3", "eve", samples(1, 3, 2));
    allowed.getEnrolBuilder().setAllowDuplicate(true);
    assertThat(matcher.command(allowed).get(0).getAccepted()).isTrue();
  }

  @Test
  void samplesOfTwoPeopleAreRefusedWithTheirSimilarity() {
    EnrolmentResult refused =
        matcher
            .command(
                enrol("c1", "ann", person(1), like(person(1), 0.9, 2), like(person(2), 0.9, 3)))
            .get(0);
    assertThat(refused.getReasonsList()).containsExactly(Reason.SAMPLES_DISAGREE);
    assertThat(refused.getCosineSimilarity()).isLessThan(0.37f);
  }

  @Test
  void oneGoodPhotographIsEnoughOnlyWhenAllowedAndIsWeak() {
    EnrolmentResult refused = matcher.command(enrol("c1", "ann", person(1))).get(0);
    assertThat(refused.getReasonsList()).containsExactly(Reason.TOO_FEW_SAMPLES);
    EnrolmentCommand.Builder single = enrol("c2", "ann", person(1));
    single.getEnrolBuilder().setAllowSingle(true);
    EnrolmentResult accepted = matcher.command(single).get(0);
    assertThat(accepted.getAccepted()).isTrue();
    assertThat(accepted.getWeak()).isTrue();
  }

  @Test
  void poorSamplesDoNotCountAndTheirReasonsAreTold() {
    EnrolmentCommand.Builder command = enrol("c1", "ann", samples(1, 2, 1));
    command
        .getEnrolBuilder()
        .addSamples(sample(like(person(1), 0.9, 9)).setQuality(TestFaces.poor(Reason.BLURRED)));
    assertThat(matcher.command(command).get(0).getReasonsList())
        .containsExactly(Reason.TOO_FEW_SAMPLES, Reason.BLURRED);
  }

  @Test
  void withoutConsentOrFromAnotherNetworkNobodyIsEnrolled() {
    EnrolmentCommand.Builder silent = enrol("c1", "ann", samples(1, 3, 1));
    silent.getEnrolBuilder().setConsentId("");
    assertThat(matcher.command(silent).get(0).getReasonsList()).containsExactly(Reason.NO_CONSENT);
    EnrolmentCommand.Builder foreign = enrol("c2", "ann", samples(1, 3, 1));
    foreign.getEnrolBuilder().getSamplesBuilder(0).setModelId("other-net");
    assertThat(matcher.command(foreign).get(0).getReasonsList())
        .containsExactly(Reason.MODEL_MISMATCH);
    assertThat(matcher.gallery.index().templates()).isZero();
  }

  @Test
  void eraseTakesAllTemplatesAwayAndThePersonIsUnknownFromThenOn() {
    matcher.command(enrol("c1", "ann", samples(1, 3, 1)), enrol("c2", "ann", samples(1, 3, 2)));
    matcher.command(enrol("c3", "bob", samples(2, 3, 1)));
    assertThat(matcher.see(still(1)).get(0).getOutcome()).isEqualTo(Outcome.ACCEPTED);

    EnrolmentResult erased = matcher.command(erase("c4", "ann")).get(0);
    assertThat(erased.getAccepted()).isTrue();
    assertThat(erased.getErasure()).isTrue();
    assertThat(erased.getTemplateIdsList()).hasSize(6);
    assertThat(matcher.gallery.index().templatesOf(new PersonId("ann"))).isEmpty();
    assertThat(matcher.see(still(1)).get(0).getReasonsList()).containsExactly(Reason.NOT_ENROLLED);
    assertThat(matcher.see(still(2)).get(0).getPersonId()).isEqualTo("bob");
  }

  @Test
  void whoIsErasedOrRefusedAtFirstLosesTheKeyAndWhoIsEnrolledKeepsIt() {
    matcher.command(enrol("c1", "ann", samples(1, 3, 1)));
    matcher.command(enrol("c2", "ann", samples(2, 3, 1)));
    assertThat(matcher.keyChanges()).isEmpty();
    matcher.command(enrol("c3", "eve", samples(1, 3, 2)));
    matcher.command(erase("c4", "ann"));
    assertThat(matcher.keyChanges())
        .allMatch(change -> change.value() == null)
        .extracting(change -> change.key())
        .containsExactly("eve", "ann");
  }

  /** As after a restore from a backup of another network: the store of people knows nothing. */
  @Test
  void whoHasTemplatesOfAnotherNetworkOnlyKeepsTheKeyWhenRefusedAndIsErasedWithThem() {
    matcher.restored(TestGallery.reference("theirs", "ann", "other-net", person(1)));
    assertThat(matcher.command(enrol("c1", "ann", person(1))).get(0).getAccepted()).isFalse();
    assertThat(matcher.keyChanges()).isEmpty();
    assertThat(matcher.command(erase("c2", "ann")).get(0).getTemplateIdsList())
        .containsExactly("theirs");
  }

  @Test
  void nobodyIsEnrolledWhoseKeyIsGoneAndTheirTemplatesAreGoneToo() {
    matcher.command(enrol("c1", "ann", samples(1, 3, 1)));
    matcher.command(enrol("c2", "ann", samples(1, 3, 2)).build());
    matcher.keys.forget("ann");
    matcher.follow();
    assertThat(matcher.gallery.index().templates()).as("the second three never came").isEqualTo(3);
    assertThat(matcher.command(enrol("c3", "ann", samples(1, 3, 3))))
        .filteredOn(result -> result.getCommandId().equals("c3"))
        .allMatch(result -> result.getReasonsList().equals(List.of(Reason.NOT_FOUND)))
        .hasSize(1);
  }

  @Test
  void aKeyIsWrappedAnewForThoseEnrolledAndForNobodyErased() {
    matcher.command(enrol("c1", "ann", samples(1, 3, 1)));
    matcher.command(rewrap("c2", "ann"), erase("c3", "ann"), rewrap("c4", "ann"));
    List<TestRecord<String, PersonKey>> changes = matcher.keyChanges();
    assertThat(changes).hasSize(2);
    PersonKey wrapped = changes.get(0).value();
    assertThat(PersonKeyRecords.unwrap(new PersonId("ann"), wrapped, matcher.masters).id())
        .isEqualTo(matcher.keys.of("ann").id());
    assertThat(wrapped.getMadeAtUs()).isEqualTo(17);
    assertThat(changes.get(1).value()).isNull();
  }

  @Test
  void whoCameFromABackupIsWrappedAnewAndKeepsTheKeyWhenFurtherSamplesAreRefused() {
    matcher.restored(TestGallery.reference("t1", "ann", TestFaces.MODEL, person(1)));
    matcher.command(rewrap("c1", "ann"), enrol("c2", "ann", samples(2, 3, 1)));
    assertThat(matcher.keyChanges())
        .hasSize(1)
        .allMatch(change -> change.key().equals("ann") && change.value() != null);
  }

  private static EnrolmentCommand.Builder rewrap(String command, String person) {
    return EnrolmentCommand.newBuilder()
        .setCommandId(command)
        .setPersonId(person)
        .setRewrap(EnrolmentCommand.Rewrap.newBuilder().setMadeAtUs(17));
  }

  @Test
  void samplesInThePlainAreSetAside() {
    matcher.commandBytes("ann", enrol("c1", "ann", samples(1, 3, 1)).build().toByteArray());
    assertThat(matcher.deadLetters("enrolments")).hasSize(1);
  }

  @Test
  void eraseOfSomebodyUnknownIsAnsweredNotFound() {
    EnrolmentResult result = matcher.command(erase("c1", "nobody")).get(0);
    assertThat(result.getAccepted()).isFalse();
    assertThat(result.getErasure()).isTrue();
    assertThat(result.getReasonsList()).containsExactly(Reason.NOT_FOUND);
  }

  @Test
  void commandsThatNobodyCanReadAreSetAsideAndTheNextOnesAreDone() {
    matcher.commandBytes("x", new byte[] {1, 2, 3});
    EnrolmentCommand.Builder wild = enrol("c1", "ann", samples(1, 3, 1));
    wild.getEnrolBuilder().getSamplesBuilder(1).setVector(0, Float.NaN);
    matcher.command(wild.build());
    matcher.commandBytes(
        "ann", EnrolmentCommand.newBuilder().setPersonId("ann").build().toByteArray());
    assertThat(matcher.command(enrol("c2", "ann", samples(1, 3, 1))).get(0).getAccepted()).isTrue();
    assertThat(matcher.deadLetters("enrolments")).hasSize(3);
    assertThat(matcher.registry.counter("matcher.dead.letters", "topic", "enrolments").count())
        .isEqualTo(3);
  }

  private static io.facelogin.contract.v1.Embeddings still(int person) {
    return frame(
        Purpose.IDENTIFY, "rest-" + person, 1, 1_000, face(1, like(person(person), 0.9, 77)));
  }
}
