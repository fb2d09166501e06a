package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.SharedData;
import io.facelogin.infra.TestFaces;
import io.facelogin.infra.TestFaces.Person;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands that ask a site, on a real one. */
class PeopleCommandsIT {

  @TempDir static Path folder;

  /** No site runs: each command starts one for itself, and what one did the next one knows. */
  @Test
  void commandsStartASiteOfTheirOwnAndTheDataDirectoryRemembers() throws Exception {
    Path data = folder.resolve("alone");
    String ada0 = TestFaces.photograph(Person.ADA, 0, folder).toString();
    Path clip = TestFaces.clip(Person.ADA, 1, 3, folder.resolve("ada.mp4"));
    Run enrol = on(data, "enrol", "--name", "Ada L.", "--json", ada0);
    assertThat(enrol.exitCode()).as(enrol.toString()).isZero();
    assertThat(enrol.json().get("weak").asBoolean()).isTrue();
    Run identify = on(data, "identify", "--json", clip.toString());
    assertThat(identify.exitCode()).as(identify.toString()).isZero();
    assertThat(identify.json().get("decision").asString()).isEqualTo("ACCEPTED");
    assertThat(identify.json().get("person").get("name").asString()).isEqualTo("Ada L.");
    assertThat(identify.json().get("similarity").isNumber()).isTrue();
    assertThat(identify.json().get("reason").asString()).isEqualTo("MATCHED");
  }

  @Test
  void theRunningSiteIsFoundAndEveryOutcomeHasItsExitCode() throws Exception {
    Path data = folder.resolve("running");
    String ada0 = TestFaces.photograph(Person.ADA, 0, folder).toString();
    String ada1 = TestFaces.photograph(Person.ADA, 1, folder).toString();
    String stranger = TestFaces.photograph(Person.STRANGER, 0, folder).toString();
    Path text = Files.writeString(folder.resolve("text.jpg"), "no picture");
    try (Site site = Site.start(SiteSettings.onAnyPort(data))) {
      Run nobody = on(data, "identify", "--json", ada0);
      assertThat(nobody.exitCode()).isEqualTo(ExitCode.NEGATIVE);
      assertThat(nobody.json().get("decision").asString()).isEqualTo("UNKNOWN");
      assertThat(on(data, "enrol", "--name", "Ada", text.toString()).exitCode())
          .isEqualTo(ExitCode.MISUSE);
      assertThat(on(data, "enrol", "--name", "Ada", ada0).exitCode()).isZero();
      Run twice = on(data, "enrol", "--name", "Eve", "--json", ada1);
      assertThat(twice.exitCode()).isEqualTo(ExitCode.NEGATIVE);
      assertThat(twice.json().get("reasons").get(0).asString()).isEqualTo("DUPLICATE");

      Run three = on(data, "identify", "--json", ada1, stranger, text.toString());
      assertThat(three.exitCode()).isEqualTo(ExitCode.MISUSE);
      assertThat(three.json().get(0).get("person").get("name").asString()).isEqualTo("Ada");
      assertThat(three.json().get(1).get("person").isNull()).isTrue();
      assertThat(three.json().get(2).propertyNames()).containsExactly("image", "error");

      assertThat(on(data, "people", "--json").json().size()).isEqualTo(1);
      assertThat(on(data, "people", "--query", "zzz").out()).contains("Nobody");
      Run away =
          Run.of("people", "--server", site.url().toString(), "--token", "not-the-right-one");
      assertThat(away.exitCode()).isEqualTo(ExitCode.OUTSIDE_MISSING);
      assertThat(on(data, "erase", "Nobody", "--yes").exitCode()).isEqualTo(ExitCode.NEGATIVE);
      Run erased = on(data, "erase", "ada", "--yes", "--proof", "--json");
      assertThat(erased.exitCode()).isZero();
      assertThat(erased.json().get("templatesErased").asInt()).isEqualTo(1);
      assertThat(erased.json().get("remains").asBoolean()).as(erased.toString()).isFalse();
      assertThat(on(data, "identify", ada1).exitCode()).isEqualTo(ExitCode.NEGATIVE);
      accessIsGivenAndTakenBackAndAllOfItStandsInTheAudit(data, site);
      assertThat(on(data, "doctor").exitCode()).isNotEqualTo(ExitCode.OUTSIDE_MISSING);
    }
  }

  private static void accessIsGivenAndTakenBackAndAllOfItStandsInTheAudit(Path data, Site site)
      throws Exception {
    Run made = on(data, "token", "create", "--name", "door", "--role", "viewer", "--json");
    assertThat(made.exitCode()).as(made.toString()).isZero();
    String[] asDoor = {
      "--server", site.url().toString(), "--token", made.json().get("token").asString()
    };
    assertThat(Run.of("people", asDoor[0], asDoor[1], asDoor[2], asDoor[3]).exitCode()).isZero();
    assertThat(Run.of("audit", "verify", asDoor[0], asDoor[1], asDoor[2], asDoor[3]).exitCode())
        .as("not with that role")
        .isEqualTo(ExitCode.OUTSIDE_MISSING);
    String id = made.json().get("id").asString();
    assertThat(on(data, "token", "list").out()).contains(id).doesNotContain(asDoor[3]);
    assertThat(on(data, "token", "revoke", id).exitCode()).isZero();
    assertThat(on(data, "token", "revoke", id).exitCode()).isEqualTo(ExitCode.NEGATIVE);
    assertThat(on(data, "token", "admin-link", "--renew").out()).contains("/admin?token=");
    Run verified = on(data, "audit", "verify", "--json");
    assertThat(verified.exitCode()).as(verified.toString()).isZero();
    String head = verified.json().get("head").asString();
    Path export = data.resolve("audit.jsonl");
    assertThat(on(data, "audit", "export", "--out", export.toString()).exitCode()).isZero();
    assertThat(on(data, "audit", "verify", "--head", head, "--export", export.toString()).out())
        .contains("Intact");
    assertThat(Files.readString(export)).contains("person-erased").doesNotContain("Ada");
    Files.writeString(export, Files.readString(export).replace("person-erased", "person-erasee"));
    assertThat(on(data, "audit", "verify", "--export", export.toString()).exitCode())
        .isEqualTo(ExitCode.NEGATIVE);
    assertThat(on(data, "audit", "list", "--subject", id, "--json").json().size()).isEqualTo(2);
  }

  @Test
  void enrolledPeopleAreNamedAndStrangersAreNotAlsoAfterARestart() throws Exception {
    Path faces = SharedData.folder("faces/verification");
    Path data = folder.resolve("verification");
    List<String[]> rows = SharedData.rows(faces.resolve("images.csv"));
    List<String[]> enrolments = rows.stream().filter(row -> row[3].equals("enrol")).toList();
    List<String[]> probes = rows.stream().filter(row -> row[3].equals("probe")).toList();
    try (Site site = Site.start(SiteSettings.onAnyPort(data))) {
      for (String[] row : enrolments) {
        Run run = on(data, "enrol", "--name", row[1], faces.resolve(row[0]).toString());
        assertThat(run.exitCode()).as(run.toString()).isZero();
      }
      requireRight(probes, identified(data, faces, probes), "");
      String erased = enrolments.get(0)[1];
      assertThat(on(data, "erase", erased, "--yes").exitCode()).isZero();
      requireRight(probes, identified(data, faces, probes), erased);
    }
    try (Site site = Site.start(SiteSettings.onAnyPort(data))) {
      assertThat(on(data, "people", "--json").json().size()).isEqualTo(enrolments.size() - 1);
      requireRight(probes, identified(data, faces, probes), enrolments.get(0)[1]);
    }
  }

  private static JsonNode identified(Path data, Path faces, List<String[]> probes) {
    List<String> args = new ArrayList<>(List.of("identify", "--json"));
    probes.forEach(row -> args.add(faces.resolve(row[0]).toString()));
    return on(data, args.toArray(String[]::new)).json();
  }

  /** Nobody is ever named wrongly, and 95 % of those enrolled are named. */
  private static void requireRight(List<String[]> probes, JsonNode answers, String erased) {
    int mated = 0;
    int named = 0;
    for (int i = 0; i < probes.size(); i++) {
      String[] probe = probes.get(i);
      boolean enrolled = probe[2].equals("people") && !probe[1].equals(erased);
      String name = answers.get(i).path("person").path("name").asString("");
      if (!name.isEmpty()) {
        assertThat(name).as(probe[0]).isEqualTo(enrolled ? probe[1] : "");
      }
      mated += enrolled ? 1 : 0;
      named += name.isEmpty() ? 0 : 1;
    }
    assertThat((double) named / mated).as(named + " of " + mated).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void peopleEnrolledFromAClipAreNamedInTheirOtherClipsAndNeverAsSomebodyElse() throws Exception {
    Path video = SharedData.folder("video");
    Path data = folder.resolve("video");
    try (Site site = Site.start(SiteSettings.onAnyPort(data))) {
      List<Path> others = new ArrayList<>();
      for (Path person : sorted(video.resolve("people"))) {
        List<Path> clips = sorted(person);
        Run run =
            on(data, "enrol", "--name", person.getFileName().toString(), clips.get(0).toString());
        assertThat(run.exitCode()).as(run.toString()).isZero();
        others.addAll(clips.subList(1, clips.size()));
      }
      int named = 0;
      for (JsonNode answer : clips(data, others)) {
        String name = answer.path("person").path("name").asString("");
        Path clip = Path.of(answer.get("image").asString());
        String owner = clip.getName(clip.getNameCount() - 2).toString(); // its folder
        if (!name.isEmpty()) {
          assertThat(name).as(answer.toString()).isEqualTo(owner);
          named++;
        }
      }
      assertThat(named).as("of " + others.size()).isGreaterThanOrEqualTo(others.size() * 9 / 10);
      for (JsonNode answer : clips(data, sorted(video.resolve("strangers")))) {
        assertThat(answer.path("person").isNull()).as(answer.toString()).isTrue();
      }
    }
  }

  private static JsonNode clips(Path data, List<Path> clips) {
    List<String> args = new ArrayList<>(List.of("identify", "--json"));
    clips.forEach(clip -> args.add(clip.toString()));
    return on(data, args.toArray(String[]::new)).json();
  }

  private static List<Path> sorted(Path directory) throws Exception {
    try (var content = Files.list(directory)) {
      return content.filter(path -> !path.toString().endsWith(".csv")).sorted().toList();
    }
  }

  private static Run on(Path data, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--data", data.toString()));
    return Run.of(all.toArray(String[]::new));
  }
}
