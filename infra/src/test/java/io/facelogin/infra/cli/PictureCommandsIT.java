package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facelogin.infra.SharedData;
import io.facelogin.infra.TestFaces;
import io.facelogin.infra.TestFaces.Person;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands that look at pictures themselves, on real networks and real faces. */
class PictureCommandsIT {

  @TempDir static Path folder;

  @Test
  void detectPrintsOneEntryForEachFileAndGoesOnAfterABadOne() throws Exception {
    Path group = Files.write(folder.resolve("group.jpg"), TestFaces.group());
    Path text = Files.writeString(folder.resolve("text.jpg"), "no picture");
    Path missing = folder.resolve("missing.jpg");
    Run run = Run.of("detect", "--json", text.toString(), group.toString(), missing.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
    JsonNode list = run.json();
    assertThat(list.size()).isEqualTo(3);
    assertThat(list.get(0).propertyNames()).containsExactly("image", "error");
    assertThat(list.get(2).get("error").asString()).contains("no such file");
    JsonNode found = list.get(1);
    assertThat(found.propertyNames()).containsExactly("image", "width", "height", "faces");
    assertThat(found.get("image").asString()).isEqualTo(group.toString());
    assertThat(found.get("faces").size()).isGreaterThan(1);
    JsonNode face = found.get("faces").get(0);
    assertThat(face.propertyNames()).containsExactly("box", "score", "landmarks", "quality");
    assertThat(face.get("box").size()).isEqualTo(4);
    assertThat(face.get("landmarks").size()).isEqualTo(5);
    assertThat(face.get("landmarks").get(0).size()).isEqualTo(2);
    assertThat(face.get("quality").get("reasons").isArray()).isTrue();

    Run words = Run.of("detect", "--min-face", "900", group.toString());
    assertThat(words.exitCode()).isZero();
    assertThat(words.out()).contains("no face");
  }

  @Test
  void embedPrintsTheUnitVectorOfOneFileAsAnObjectAndOfSeveralAsAList() throws Exception {
    String ada = TestFaces.photograph(Person.ADA, 0, folder).toString();
    Run one = Run.of("embed", "--json", ada);
    assertThat(one.exitCode()).isZero();
    assertThat(one.json().propertyNames()).containsExactly("image", "model", "embedding");
    double sum = 0;
    for (JsonNode value : one.json().get("embedding")) {
      sum += value.asDouble() * value.asDouble();
    }
    assertThat(one.json().get("embedding").size()).isEqualTo(192);
    assertThat(sum).isCloseTo(1, within(1e-5));
    Run two = Run.of("embed", "--json", ada, folder.resolve("none.jpg").toString());
    assertThat(two.exitCode()).isEqualTo(ExitCode.MISUSE);
    assertThat(two.json().size()).isEqualTo(2);
  }

  @Test
  void verifyTellsTheSamePersonFromAnother() throws Exception {
    String ada0 = TestFaces.photograph(Person.ADA, 0, folder).toString();
    String ada1 = TestFaces.photograph(Person.ADA, 1, folder).toString();
    String bea = TestFaces.photograph(Person.BEA, 0, folder).toString();
    Run same = Run.of("verify", "--json", ada0, ada1);
    assertThat(same.exitCode()).isZero();
    assertThat(same.json().propertyNames())
        .containsExactly("same", "similarity", "threshold", "model");
    assertThat(same.json().get("same").asBoolean()).isTrue();
    Run other = Run.of("verify", "--json", ada0, bea);
    assertThat(other.exitCode()).isEqualTo(ExitCode.NEGATIVE);
    assertThat(other.json().get("same").asBoolean()).isFalse();
    Path none = Files.writeString(folder.resolve("none.txt"), "");
    assertThat(Run.of("verify", ada0, none.toString()).exitCode()).isEqualTo(ExitCode.MISUSE);
  }

  @Test
  void oddFilesDoWhatTheirListSays() throws Exception {
    Path odd = SharedData.folder("faces/odd");
    List<String[]> rows = SharedData.rows(odd.resolve("expected.csv"));
    List<String> args = new ArrayList<>(List.of("detect", "--json"));
    rows.forEach(row -> args.add(odd.resolve(row[0]).toString()));
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
    JsonNode list = run.json();
    assertThat(list.size()).isEqualTo(rows.size());
    SoftAssertions all = new SoftAssertions();
    for (int i = 0; i < rows.size(); i++) {
      String[] row = rows.get(i);
      int faces = list.get(i).path("faces").size();
      switch (row[2]) {
        case "accepted" -> all.assertThat(faces).as(row[0]).isEqualTo(Integer.parseInt(row[3]));
        case "refused" -> all.assertThat(faces).as(row[0]).isZero();
        case "refused for enrolment" -> all.assertThat(faces).as(row[0]).isEqualTo(2);
        default -> all.assertThat(list.get(i).has("faces") || list.get(i).has("error")).isTrue();
      }
    }
    all.assertAll();
  }
}
