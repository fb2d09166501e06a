package io.facelogin.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.facelogin.capture.TestClip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoFramesTest {

  @TempDir Path folder;

  @Test
  void samplesAreSpreadEvenlyAndCarryTheirTime() throws Exception {
    Path clip = TestClip.mpeg4(folder.resolve("clip.bin"), 50, 25);
    List<Long> times = new ArrayList<>();
    List<Double> greys = new ArrayList<>();

    VideoFrames.sample(
        clip,
        5,
        (time, bgr) -> {
          try (bgr) {
            assertThat(bgr.cols()).isEqualTo(320);
            times.add(time.toMillis());
            greys.add(opencv_core.mean(bgr).get(0));
          }
          return true;
        });

    assertThat(times).containsExactly(0L, 400L, 800L, 1200L, 1600L);
    for (int i = 0; i < 5; i++) {
      assertThat(greys.get(i)).isCloseTo(TestClip.grey(i * 10, 50), within(6.0));
    }
  }

  @Test
  void aTakerThatHasEnoughIsNotAskedAgain() throws Exception {
    Path clip = TestClip.motionJpegAvi(folder.resolve("clip.avi"), 20, 10);
    int[] taken = {0};

    VideoFrames.each(
        clip,
        Duration.ofMillis(100),
        (time, bgr) -> {
          bgr.close();
          return ++taken[0] < 3;
        });

    assertThat(taken[0]).isEqualTo(3);
  }

  @Test
  void aVideoIsKnownByItsContentNotByItsName() throws Exception {
    Path clip = TestClip.mpeg4(folder.resolve("named-as-a-picture.jpg"), 5, 25);
    Path picture = folder.resolve("named-as-a-video.mp4");
    try (Mat grey =
        new Mat(60, 80, opencv_core.CV_8UC3, new org.bytedeco.opencv.opencv_core.Scalar(9))) {
      Files.write(picture, new JpegEncoder(80).encode(grey).bytes());
    }
    Path text = Files.writeString(folder.resolve("text.mp4"), "Not a video, only words.\n");
    Path empty = Files.createFile(folder.resolve("empty.mp4"));

    assertThat(VideoFrames.isVideo(clip)).isTrue();
    assertThat(VideoFrames.isVideo(picture)).isFalse();
    assertThat(VideoFrames.isVideo(text)).isFalse();
    assertThat(VideoFrames.isVideo(empty)).isFalse();
    assertThat(VideoFrames.isVideo(folder.resolve("missing.mp4"))).isFalse();
    assertThat(VideoFrames.isVideo(folder)).isFalse();
  }

  @Test
  void aPlaylistGivenAsAClipMayNotFetchFromTheNetwork() throws Exception {
    Path playlist =
        Files.writeString(
            folder.resolve("list.m3u8"),
            "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n");

    assertThatThrownBy(() -> VideoFrames.sample(playlist, 1, (time, bgr) -> true))
        .isInstanceOf(CameraUnavailableException.class);
  }
}
