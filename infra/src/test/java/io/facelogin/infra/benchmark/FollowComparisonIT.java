package io.facelogin.infra.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.follow.Look.Kind;
import io.facelogin.infra.SharedData;
import io.facelogin.infra.benchmark.FollowComparison.Result;
import io.facelogin.infra.benchmark.FollowComparison.Taken;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.quality.QualityJudge;
import io.facelogin.models.quality.QualityThresholds;
import io.facelogin.models.store.ModelStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faces of people who walk, followed, against a search of every whole frame. */
class FollowComparisonIT {

  private static FaceFinder finder;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    finder =
        new FaceFinder(
            new ModelStore(folder).openDetector(),
            new FaceAligner(AlignmentTemplate.ARCFACE_112),
            new QualityJudge(QualityThresholds.defaults()));
  }

  @AfterAll
  static void close() {
    finder.close();
  }

  @Test
  void followingFindsWhatASearchOfEveryWholeFrameFinds() throws Exception {
    Path clip = SharedData.folder("video").resolve("site-walk.mp4");
    Result result =
        new FollowComparison(DetectorSettings.defaults().withMinFacePx(20), finder)
            .compare(FollowComparison.frames(clip, Duration.ZERO));
    assertThat(result.recall()).as(result.toString()).isGreaterThanOrEqualTo(0.98);
    assertThat(result.looks().get(Kind.FULL)).isLessThan(result.frames() / 2);
    assertThat(result.crops()).isLessThan(result.good() / 2);
  }

  @Test
  void stillSceneIsSearchedOnceInAWhileAndItsFacesAreListedAllTheTime() throws Exception {
    Path clip = SharedData.folder("video").resolve("site-group-ccby.mp4");
    byte[] jpeg = FollowComparison.frames(clip, Duration.ofSeconds(1)).get(0).jpeg();
    List<Taken> frames = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      frames.add(new Taken(jpeg, i * 200_000L));
    }
    Result result =
        new FollowComparison(DetectorSettings.defaults().withMinFacePx(40), finder).compare(frames);
    assertThat(result.recall()).as(result.toString()).isEqualTo(1);
    assertThat(result.looks().get(Kind.SKIPPED)).isGreaterThanOrEqualTo(45);
  }
}
