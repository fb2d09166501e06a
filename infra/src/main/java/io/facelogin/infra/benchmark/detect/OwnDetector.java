package io.facelogin.infra.benchmark.detect;

import io.facelogin.models.mtcnn.MtcnnDetector;
import io.facelogin.models.mtcnn.StepTimes.Step;
import io.facelogin.models.picture.Picture;
import java.util.List;
import java.util.Map;

/** The detector of face-login. */
record OwnDetector(MtcnnDetector detector) implements Contender {

  @Override
  public String name() {
    return "face-login";
  }

  @Override
  public int faces(List<Picture> pictures, int minFacePx) {
    return detector.detect(pictures, minFacePx).stream().mapToInt(List::size).sum();
  }

  @Override
  public Spent spent() {
    Map<Step, Double> spent = detector.times().milliseconds();
    double resizeMs = spent.getOrDefault(Step.PYRAMID, 0.0) + spent.getOrDefault(Step.CROPS, 0.0);
    double allMs = spent.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Spent(resizeMs, allMs - resizeMs);
  }

  @Override
  public void close() {
    detector.close();
  }
}
