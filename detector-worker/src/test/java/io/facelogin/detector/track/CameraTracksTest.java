package io.facelogin.detector.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.detector.MadeFaces;
import io.facelogin.detector.SelectionSettings;
import io.facelogin.models.geometry.Box;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameraTracksTest {

  private static final long SECOND_US = 1_000_000;
  private static final long NOON_US = 1_764_000_000L * SECOND_US;

  private final CameraTracks tracks = fresh();

  @Test
  void faceKeepsItsTrackWhileItMovesAndAnotherGetsItsOwn() {
    long[] first = follow(NOON_US, List.of(box(100), box(400)));
    long[] second = follow(NOON_US + 200_000, List.of(box(420), box(115)));
    assertThat(first[0]).isNotEqualTo(first[1]);
    assertThat(second).containsExactly(first[1], first[0]);
  }

  @Test
  void steadyWalkerIsFollowedByItsSpeedEvenWhereBoxesNoLongerOverlap() {
    long id = follow(NOON_US, List.of(box(100)))[0];
    assertThat(follow(NOON_US + 100_000, List.of(box(145)))[0]).isEqualTo(id);
    assertThat(follow(NOON_US + 400_000, List.of(box(280)))[0]).isEqualTo(id);
  }

  @Test
  void faceThatWasAwayForLongerThanTheTimeoutIsANewTrack() {
    long id = follow(NOON_US, List.of(box(100)))[0];
    assertThat(follow(NOON_US + 1_400_000, List.of(box(100)))[0]).isEqualTo(id);
    assertThat(follow(NOON_US + 3_000_000, List.of(box(100)))[0]).isNotEqualTo(id);
  }

  @Test
  void frameWithoutFacesDoesNotEndATrack() {
    long id = follow(NOON_US, List.of(box(100)))[0];
    assertThat(follow(NOON_US + 200_000, List.of())).isEmpty();
    assertThat(follow(NOON_US + 400_000, List.of(box(100)))[0]).isEqualTo(id);
  }

  @Test
  void idsAreUniqueWithinTheCameraAlsoAfterARestart() {
    long[] before = follow(NOON_US, List.of(box(100), box(300), box(500)));
    long[] after = follow(fresh(), NOON_US + 200_000, List.of(box(100), box(300), box(500)));
    assertThat(Arrays.stream(before).distinct()).hasSize(3);
    assertThat(after).doesNotContain(before);
  }

  @Test
  void faceThatIsStillThoughNobodyLookedKeepsItsTrackAlive() {
    long id = follow(NOON_US, List.of(box(100)))[0];
    for (int second = 1; second < 10; second++) {
      long atUs = NOON_US + second * SECOND_US;
      tracks.alive(atUs).forEach(track -> tracks.still(track, atUs));
    }
    assertThat(follow(NOON_US + 10 * SECOND_US, List.of(box(102)))[0]).isEqualTo(id);
  }

  @Test
  void faceIsExpectedWhereItIsGoing() {
    follow(NOON_US, List.of(box(100)));
    follow(NOON_US + 100_000, List.of(box(110)));
    assertThat(tracks.alive(NOON_US + 200_000))
        .singleElement()
        .satisfies(track -> assertThat(track.expectedAt(NOON_US + 200_000)).isEqualTo(box(120)));
  }

  @Test
  void noiseDoesNotFillTheMemory() {
    for (int frame = 0; frame < 40; frame++) {
      follow(NOON_US + frame * 1000L, List.of(box(frame * 1000), box(frame * 1000 + 500)));
    }
    assertThat(tracks.alive(NOON_US + 40_000)).hasSize(30);
  }

  @Test
  void afterADoubtTheFirstPicturesGoOnAgain() {
    follow(NOON_US, List.of(box(100)));
    Track track = tracks.alive(NOON_US).get(0);
    for (int i = 0; i < 3; i++) {
      assertThat(track.selection().select(MadeFaces.quality(0.5f, 0), NOON_US + i)).isTrue();
    }
    assertThat(track.selection().select(MadeFaces.quality(0.5f, 0), NOON_US + 3)).isFalse();
    tracks.doubt();
    assertThat(track.selection().select(MadeFaces.quality(0.5f, 0), NOON_US + 4)).isTrue();
  }

  private long[] follow(long atUs, List<Box> boxes) {
    return follow(tracks, atUs, boxes);
  }

  private static long[] follow(CameraTracks tracks, long atUs, List<Box> boxes) {
    return tracks.follow(atUs, boxes.stream().map(MadeFaces::good).toList()).stream()
        .mapToLong(Track::id)
        .toArray();
  }

  private static CameraTracks fresh() {
    return new CameraTracks(Duration.ofMillis(1500), 30, SelectionSettings.defaults());
  }

  private static Box box(float x) {
    return new Box(x, 50, x + 80, 150);
  }
}
