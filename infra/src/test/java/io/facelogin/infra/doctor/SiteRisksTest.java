package io.facelogin.infra.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SiteRisksTest {

  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

  @Test
  void aSiteWithoutAFreshBackupIsARisk() {
    assertThat(backups("{'lastMadeAt':null,'faults':{}}"))
        .singleElement()
        .asString()
        .contains("there is no backup", "face-login backup");
    assertThat(backups("{'lastMadeAt':'2026-11-20T10:00:00Z','faults':{}}"))
        .singleElement()
        .asString()
        .contains("10 days old");
    assertThat(backups("{'lastMadeAt':'2026-11-25T10:00:00Z','faults':{}}")).isEmpty();
  }

  @Test
  void backupsThatCannotBeToldWhoIsErasedAreARisk() {
    assertThat(backups("{'lastMadeAt':'2026-11-30T09:00:00Z','faults':{'/mnt/b':'gone'}}"))
        .singleElement()
        .asString()
        .contains("/mnt/b", "gone");
  }

  @Test
  void tokensThatNeverExpireOrSoonDoAreNamed() {
    assertThat(tokens("{'name':'door','state':'VALID','expiresAt':null}"))
        .singleElement()
        .asString()
        .contains("door", "never expires");
    assertThat(tokens("{'name':'door','state':'VALID','expiresAt':'2026-12-05T00:00:00Z'}"))
        .singleElement()
        .asString()
        .contains("door", "2026-12-05");
    assertThat(tokens("{'name':'door','state':'VALID','expiresAt':'2027-02-05T00:00:00Z'}"))
        .isEmpty();
    assertThat(tokens("{'name':'old','state':'REVOKED','expiresAt':null}")).isEmpty();
    assertThat(tokens("{'name':'l','state':'VALID','expiresAt':null,'administratorLink':true}"))
        .isEmpty();
  }

  @Test
  void aTargetThatThisGalleryDoesNotMeetIsARisk() {
    assertThat(recognition("{'galleryPeople':9000,'fpir':0.004,'reasons':[]}"))
        .singleElement()
        .asString()
        .contains("9000 people", "--model");
    assertThat(recognition("{'galleryPeople':9,'fpir':0.001,'reasons':['FPIR_OUT_OF_REACH']}"))
        .hasSize(1);
    assertThat(recognition("{'galleryPeople':9,'fpir':0.001,'reasons':[]}")).isEmpty();
    assertThat(recognition("{'galleryPeople':0,'fpir':0,'reasons':['GALLERY_EMPTY']}")).isEmpty();
  }

  private static List<String> backups(String state) {
    return messages(SiteRisks.backups(json(state), NOW));
  }

  private static List<String> tokens(String token) {
    return messages(SiteRisks.tokens(json("[" + token + "]"), NOW));
  }

  private static List<String> recognition(String decision) {
    return messages(SiteRisks.recognition(json("{'decisions':[" + decision + "]}"), 0.001));
  }

  private static List<String> messages(List<Check> checks) {
    assertThat(checks).allMatch(check -> check.state() == Check.State.RISK);
    return checks.stream().map(Check::message).toList();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
