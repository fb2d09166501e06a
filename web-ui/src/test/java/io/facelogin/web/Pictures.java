package io.facelogin.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facelogin.contract.ModelId;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.StillFaces;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.mobilefacenet.MobileFaceNet;
import io.facelogin.models.mtcnn.MtcnnDetector;
import io.facelogin.models.quality.QualityJudge;
import io.facelogin.models.quality.QualityThresholds;
import io.facelogin.models.store.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The shared photographs, and real networks to look at them. */
final class Pictures {

  private Pictures() {}

  static Path folder() {
    Path data =
        Path.of(
            Optional.ofNullable(System.getenv("FACE_LOGIN_DATA")).orElse("../../shared"), "faces");
    assumeTrue(Files.isDirectory(data), "left out: no shared photographs at " + data);
    return data;
  }

  static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder().resolve(name));
  }

  static StillFaces networks() {
    ModelStore store = new ModelStore(Path.of("none"));
    try {
      return new StillFaces(
          new FaceFinder(
              new MtcnnDetector(new ModelId("mtcnn"), store.weights("mtcnn")),
              new FaceAligner(AlignmentTemplate.ARCFACE_112),
              new QualityJudge(QualityThresholds.defaults())),
          new MobileFaceNet(
              new ModelId("mobilefacenet"),
              AlignmentTemplate.ARCFACE_112.name(),
              store.weights("mobilefacenet")));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
