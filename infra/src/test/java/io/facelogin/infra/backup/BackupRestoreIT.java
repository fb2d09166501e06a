package io.facelogin.infra.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.SiteClient;
import io.facelogin.infra.TestFaces;
import io.facelogin.infra.TestFaces.Person;
import io.facelogin.infra.cli.Run;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import io.facelogin.web.backup.ErasedLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A site is lost after somebody was erased, and comes back without them. */
class BackupRestoreIT {

  @TempDir static Path folder;

  @Test
  void restoredSiteRecognisesEverybodyButWhoWasErasedSince() throws Exception {
    Path data = folder.resolve("data");
    Path key = data.resolve("keys").resolve("master.key");
    Path backup = Files.createDirectory(folder.resolve("backups")).resolve("a.backup");
    Path export = folder.resolve("audit.jsonl");
    String bea;
    try (Site site =
        Site.start(SiteSettings.onAnyPort(data).withOptions(java.util.Map.of("fpir", "0.0005")))) {
      SiteClient client = new SiteClient(site.url(), site.runToken());
      client.enrol("Ada", TestFaces.photograph(Person.ADA, 0));
      bea = client.enrol("Bea", TestFaces.photograph(Person.BEA, 0)).get("id").asString();
      assertThat(client.get("/api/v1/backups").get("lastMadeAt").isNull()).isTrue();

      assertThat(run("backup", backup.toString(), "--data", data.toString()).exitCode()).isZero();
      Run again = run("backup", backup.toString(), "--data", data.toString());
      assertThat(again.exitCode()).isEqualTo(2);
      assertThat(again.err()).contains("--force");
      assertThat(client.get("/api/v1/backups").get("lastMadeAt").isNull()).isFalse();

      client.delete("/api/v1/people/" + bea);
      assertThat(
              run("audit", "export", "--data", data.toString(), "--out", export.toString())
                  .exitCode())
          .isZero();
    }
    refusals(backup, key);

    Path restored = folder.resolve("restored");
    Run run = restore(backup, restored, key);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("1 people", "1 left out");
    knowsAdaOnly(restored, key, bea);

    // The list beside the backup is lost: nothing is restored until something tells.
    Files.delete(backup.resolveSibling(ErasedLedger.FILE));
    Path second = folder.resolve("second");
    Run refused = restore(backup, second, key);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--erased-since");
    assertThat(second).doesNotExist();
    assertThat(restore(backup, second, key, "--erased-since", export.toString()).out())
        .contains("1 people", "1 left out");
  }

  private static void refusals(Path backup, Path key) throws Exception {
    Path target = folder.resolve("refused");
    byte[] good = Files.readAllBytes(backup);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Run flipped = restore(Files.write(backup.resolveSibling("bad.backup"), bad), target, key);
    assertThat(flipped.exitCode()).isEqualTo(2);
    assertThat(flipped.err()).contains("damaged or was altered");

    Path other = folder.resolve("other.key");
    io.facelogin.contract.secret.MasterKeys.readOrMake(other);
    Run wrongKey = restore(backup, target, other);
    assertThat(wrongKey.exitCode()).isEqualTo(2);
    assertThat(wrongKey.err()).contains("master key");

    Run full = restore(backup, folder.resolve("data"), key);
    assertThat(full.exitCode()).isEqualTo(2);
    assertThat(full.err()).contains("is not empty");
    assertThat(target).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().contains(".restoring-"));
    }
  }

  private static void knowsAdaOnly(Path data, Path key, String erased) throws Exception {
    assertThat(data.resolve("face-login.yaml")).content().contains("fpir: \"0.0005\"");
    Files.createDirectories(data.resolve("keys"));
    Files.copy(key, data.resolve("keys").resolve("master.key"));
    try (Site site = Site.start(SiteSettings.onAnyPort(data))) {
      SiteClient client = new SiteClient(site.url(), site.runToken());
      JsonNode people = client.get("/api/v1/people").get("people");
      assertThat(people).hasSize(1);
      assertThat(people.get(0).get("name").asString()).isEqualTo("Ada");
      JsonNode ada = client.identify(TestFaces.photograph(Person.ADA, 1));
      assertThat(ada.get("decision").asString()).isEqualTo("ACCEPTED");
      assertThat(ada.get("person").get("name").asString()).isEqualTo("Ada");
      assertThat(client.identify(TestFaces.photograph(Person.BEA, 1)).get("decision").asString())
          .isEqualTo("UNKNOWN");

      assertThat(client.get("/api/v1/audit/verify").get("intact").asBoolean()).isTrue();
      assertThat(actions(client, "subject=" + erased)).contains("person-erased");
      assertThat(actions(client, "action=site-restored")).hasSize(1);
      assertThat(client.get("/api/v1/backups").get("lastMadeAt").isNull()).isFalse();
      assertThat(site.newAdministratorLink()).as("tokens do not come back").isPresent();
    }
  }

  private static List<String> actions(SiteClient client, String filter) throws Exception {
    return client
        .get("/api/v1/audit?" + filter)
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("action").asString())
        .toList();
  }

  private static Run restore(Path backup, Path target, Path key, String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "restore",
                    backup.toString(),
                    "--data",
                    target.toString(),
                    "--master-key-file",
                    key.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static Run run(String... arguments) {
    return Run.of(arguments);
  }
}
