package io.facelogin.detector.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.models.geometry.Box;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaceTracksTest {

  private static final long SECOND_US = 1_000_000;
  private static final long NOON_US = 1_764_000_000L * SECOND_US;

  private final FaceTracks tracks = new FaceTracks(Duration.ofMillis(1500));

  @Test
  void faceKeepsItsTrackWhileItMovesAndAnotherGetsItsOwn() {
    long[] first = tracks.follow("door", NOON_US, List.of(box(100), box(400)));
    long[] second = tracks.follow("door", NOON_US + 200_000, List.of(box(420), box(115)));
    assertThat(first[0]).isNotEqualTo(first[1]);
    assertThat(second).containsExactly(first[1], first[0]);
  }

  @Test
  void steadyWalkerIsFollowedByItsSpeedEvenWhereBoxesNoLongerOverlap() {
    long id = tracks.follow("door", NOON_US, List.of(box(100)))[0];
    assertThat(tracks.follow("door", NOON_US + 100_000, List.of(box(145)))[0]).isEqualTo(id);
    assertThat(tracks.follow("door", NOON_US + 400_000, List.of(box(280)))[0]).isEqualTo(id);
  }

  @Test
  void faceThatWasAwayForLongerThanTheTimeoutIsANewTrack() {
    long id = tracks.follow("door", NOON_US, List.of(box(100)))[0];
    assertThat(tracks.follow("door", NOON_US + 1_400_000, List.of(box(100)))[0]).isEqualTo(id);
    assertThat(tracks.follow("door", NOON_US + 3_000_000, List.of(box(100)))[0]).isNotEqualTo(id);
  }

  @Test
  void frameWithoutFacesDoesNotEndATrack() {
    long id = tracks.follow("door", NOON_US, List.of(box(100)))[0];
    assertThat(tracks.follow("door", NOON_US + 200_000, List.of())).isEmpty();
    assertThat(tracks.follow("door", NOON_US + 400_000, List.of(box(100)))[0]).isEqualTo(id);
  }

  @Test
  void idsAreUniqueWithinTheCameraAlsoAfterARestart() {
    long[] before = tracks.follow("door", NOON_US, List.of(box(100), box(300), box(500)));
    FaceTracks restarted = new FaceTracks(Duration.ofMillis(1500));
    long[] after =
        restarted.follow("door", NOON_US + 200_000, List.of(box(100), box(300), box(500)));
    assertThat(Arrays.stream(before).distinct()).hasSize(3);
    assertThat(after).doesNotContain(before);
  }

  @Test
  void camerasDoNotShareTracks() {
    long door = tracks.follow("door", NOON_US, List.of(box(100)))[0];
    tracks.follow("yard", NOON_US, List.of(box(100)));
    assertThat(tracks.follow("door", NOON_US + 100_000, List.of(box(100)))[0]).isEqualTo(door);
  }

  private static Box box(float x) {
    return new Box(x, 50, x + 80, 150);
  }
}
