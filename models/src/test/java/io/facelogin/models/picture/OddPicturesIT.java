package io.facelogin.models.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.v1.Reason;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.FoundFace;
import io.facelogin.models.PackagedWeights;
import io.facelogin.models.SharedData;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.mtcnn.MtcnnDetector;
import io.facelogin.models.quality.QualityJudge;
import io.facelogin.models.quality.QualityThresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every damaged or unusual file of the folder, through reader and detector. */
class OddPicturesIT {

  @Test
  void everyOddFileIsTakenOrRefusedAsExpected() throws IOException {
    Path folder = SharedData.path("faces/odd");
    List<String> wrong = new ArrayList<>();
    Map<String, List<Reason>> said = new HashMap<>();
    try (var finder =
        new FaceFinder(
            new MtcnnDetector(new ModelId("mtcnn"), PackagedWeights.of("mtcnn")),
            new FaceAligner(AlignmentTemplate.ARCFACE_112),
            new QualityJudge(QualityThresholds.defaults()))) {
      List<String> lines = Files.readAllLines(folder.resolve("expected.csv"));
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",");
        byte[] bytes = Files.readAllBytes(folder.resolve(cells[0]));
        String outcome;
        int faces = 0;
        try (Picture picture = PictureReader.read(bytes)) {
          List<FoundFace> found = finder.find(List.of(picture), 40).get(0);
          faces = found.size();
          List<Reason> reasons =
              found.stream().flatMap(f -> f.quality().reasons().stream()).toList();
          if (found.isEmpty()) {
            reasons = finder.lightOf(picture).stream().toList();
          }
          outcome = faces + " faces " + reasons;
          said.put(cells[0], reasons);
        } catch (UnusablePictureException e) {
          outcome = e.getMessage();
        }
        boolean right =
            switch (cells[2]) {
              case "accepted" -> faces == 1;
              case "refused" -> faces == 0;
              case "either" -> faces <= 1;
              default -> faces == 2;
            };
        if (!right) {
          wrong.add(cells[0] + " is to be " + cells[2] + ", but: " + outcome);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(said.get("tiny-face-80x100.jpg")).containsExactly(Reason.TOO_SMALL);
    assertThat(said.get("blurred.jpg")).containsExactly(Reason.BLURRED);
    assertThat(said.get("very-dark.jpg")).containsExactly(Reason.TOO_DARK);
    assertThat(said.get("over-exposed.jpg")).containsExactly(Reason.TOO_BRIGHT);
    assertThat(said.get("base.jpg")).isEmpty();
  }
}
