package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyReader;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.SiteClient;
import io.facelogin.infra.TestFaces;
import io.facelogin.infra.TestFaces.Person;
import io.facelogin.infra.erasure.PersonBefore;
import io.facelogin.infra.erasure.Trace;
import io.facelogin.infra.erasure.TraceSearch;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteKeys;
import io.facelogin.infra.site.SiteSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Erased means gone: no file of the site holds anything of the person, and the others stay. */
class ErasureProofIT {

  private static final String NAME = "Zdenka Quetzalcoatl";
  private static final String OTHER = "Bartholomea Xylophon";

  @TempDir Path folder;

  @Test
  void noFileHoldsNameVectorOrKeyOfWhoWasErasedAndTheOthersAreStillKnown() throws Exception {
    Path data = folder.resolve("data");
    PersonBefore erased;
    PersonBefore kept;
    byte[] key;
    try (Site site = Site.start(SiteSettings.onAnyPort(data))) {
      SiteClient client = new SiteClient(site.url(), site.runToken());
      String id = client.enrol(NAME, TestFaces.photograph(Person.ADA, 0)).get("id").asString();
      String otherId =
          client.enrol(OTHER, TestFaces.photograph(Person.BEA, 0)).get("id").asString();
      assertThat(named(client, Person.ADA)).isEqualTo(NAME);
      erased = PersonBefore.of(new PersonId(id), NAME, Optional.empty(), site.kafka());
      kept = PersonBefore.of(new PersonId(otherId), OTHER, Optional.empty(), site.kafka());
      key = keyOf(erased.id(), site.kafka());

      Run run = Run.of("erase", NAME, "--yes", "--proof", "--json", "--data", data.toString());
      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.json().get("remains").asBoolean()).isFalse();
      assertThat(run.json().get("places").size()).isGreaterThan(20);
      assertThat(named(client, Person.ADA)).isEmpty();
      assertThat(named(client, Person.BEA)).isEqualTo(OTHER);
      theMasterKeyIsRotatedWhileTheSiteRuns(data);
      assertThat(named(client, Person.BEA)).isEqualTo(OTHER);
    }
    List<Trace> traces = new ArrayList<>(erased.traces());
    assertThat(traces).as("name and template").hasSizeGreaterThan(10);
    traces.add(new Trace("key", key));
    assertThat(new TraceSearch(traces).in(data)).isEmpty();
    assertThat(new TraceSearch(kept.traces()).in(data)).as("sealed like everybody").isEmpty();

    try (Site site = Site.start(SiteSettings.onAnyPort(data))) {
      SiteClient client = new SiteClient(site.url(), site.runToken());
      assertThat(named(client, Person.ADA)).isEmpty();
      assertThat(named(client, Person.BEA)).isEqualTo(OTHER);
    }
    withoutOrWithAnotherKeyNothingStarts(data);
  }

  private static void theMasterKeyIsRotatedWhileTheSiteRuns(Path data) {
    String before = MasterKeys.read(SiteKeys.file(data)).currentId();
    Run rotated = Run.of("keys", "rotate", "--json", "--data", data.toString());
    assertThat(rotated.exitCode()).as(rotated.toString()).isZero();
    assertThat(rotated.json().get("wrapped").asInt()).isEqualTo(1);
    String after = rotated.json().get("masterKey").asString();
    Run shown = Run.of("keys", "show", "--json", "--data", data.toString());
    assertThat(shown.exitCode()).as(shown.toString()).isZero();
    assertThat(shown.json().get("masterKeys").values())
        .extracting(JsonNode::asString)
        .containsExactly(after, before);
    assertThat(shown.json().get("peopleByMasterKey").propertyNames()).containsExactly(after);
    Run forgotten = Run.of("keys", "forget", "--yes", "--data", data.toString());
    assertThat(forgotten.exitCode()).as(forgotten.toString()).isZero();
    assertThat(MasterKeys.read(SiteKeys.file(data)).ids()).containsExactly(after);
  }

  private void withoutOrWithAnotherKeyNothingStarts(Path data) throws Exception {
    Path other = folder.resolve("other.key");
    MasterKeys.readOrMake(other);
    Run wrong = Run.of("people", "--data", data.toString(), "--master-key-file", other.toString());
    assertThat(wrong.exitCode()).as(wrong.toString()).isEqualTo(ExitCode.OUTSIDE_MISSING);
    assertThat(wrong.err()).contains("not the master key that sealed the data");
    Files.delete(SiteKeys.file(data));
    Run missing = Run.of("people", "--data", data.toString());
    assertThat(missing.exitCode()).as(missing.toString()).isEqualTo(ExitCode.OUTSIDE_MISSING);
    assertThat(missing.err()).contains("no master key").doesNotContain("\tat ");
  }

  private static String named(SiteClient client, Person person) throws Exception {
    JsonNode answer = client.identify(TestFaces.photograph(person, 1));
    return answer.path("person").path("name").asString("");
  }

  /** The bytes as a thief would have to find them. */
  private static byte[] keyOf(PersonId person, KafkaConnection kafka) {
    try (PersonKeyReader keys = new PersonKeyReader(kafka)) {
      DataKey key = keys.find(person).orElseThrow();
      MasterKeys own = MasterKeys.passing();
      byte[] content = own.open("test", "", key.wrap(own, "test", ""));
      return Arrays.copyOfRange(content, content.length - 32, content.length);
    }
  }
}
