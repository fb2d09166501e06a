package io.facelogin.detector.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.MadeFaces;
import io.facelogin.detector.follow.Look.Kind;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.FoundFace;
import io.facelogin.models.Search.Around;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Glimpse;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FollowedCameraTest {

  private static final long NOON_US = 1_764_000_000L * 1_000_000;
  private static final int MIN_FACE_PX = 40;
  private static final Box FACE = new Box(320, 160, 400, 260);

  private static final Box LARGE_FACE = new Box(136, 64, 496, 424);

  private final FollowedCamera camera = new FollowedCamera(DetectorSettings.defaults());
  private long atMs;

  @Test
  void firstFrameIsSearchedWholeAndAStillSceneHardlyEver() {
    assertThat(next(new Scene()).kind()).isEqualTo(Kind.FULL);
    int full = 0;
    for (int frame = 0; frame < 300; frame++) {
      Look look = next(new Scene().noise(frame, 3));
      assertThat(look.kind()).isNotEqualTo(Kind.FOLLOWED);
      full += look.kind() == Kind.FULL ? 1 : 0;
    }
    assertThat(full).as("in a minute of 5 frames a second").isEqualTo(12);
  }

  @Test
  void exposureAndGainOfTheCameraAreNoMotion() {
    next(new Scene());
    for (int step = 1; step < 20; step++) {
      float gain = 1 + 0.02f * step;
      assertThat(next(new Scene().noise(step, 2).exposure(gain, step)).kind())
          .isEqualTo(Kind.SKIPPED);
    }
  }

  @Test
  void faceThatGivesWayToAPlainWallIsGoneAndNoChangeOfExposure() {
    for (int frame = 0; frame < 5; frame++) {
      next(new Scene().plainOutsideOf(LARGE_FACE), LARGE_FACE);
    }
    Scene wall = new Scene().plainOutsideOf(new Box(0, 0, 0, 0));
    Look look = look(wall);
    assertThat(look.kind()).isNotEqualTo(Kind.SKIPPED);
    assertThat(seen(look, List.of())).isEmpty();
    assertThat(seen(look(wall), List.of())).isEmpty();
  }

  @Test
  void stillFaceIsListedWithoutBeingLookedAtOnceItsFirstPicturesWentOn() {
    long track = 0;
    for (int frame = 0; frame < 20; frame++) {
      Look look = look(new Scene());
      boolean looked = look.kind() != Kind.SKIPPED;
      assertThat(looked).isEqualTo(frame < 3);
      var seen = seen(look, looked ? List.of(FACE) : List.of());
      assertThat(seen).hasSize(1);
      assertThat(seen.get(0).crop().isPresent()).isEqualTo(looked);
      track = track == 0 ? seen.get(0).trackId() : track;
      assertThat(seen.get(0).trackId()).isEqualTo(track);
    }
  }

  @Test
  void enrolmentLooksAtEveryPictureAndKeepsEveryCrop() {
    for (int frame = 0; frame < 20; frame++) {
      Look look = look(new Scene(), true);
      assertThat(look.kind()).isNotEqualTo(Kind.SKIPPED);
      var seen = seen(look, List.of(FACE), true);
      assertThat(seen.get(0).crop()).isPresent();
    }
  }

  @Test
  void movedFaceIsLookedForWhereItGoesAndNowhereElse() {
    next(new Scene().with(FACE, 220), FACE);
    Box second = moved(FACE, 16);
    next(new Scene().with(second, 220), second);
    Box third = moved(FACE, 32);
    Look look = look(new Scene().with(third, 220));
    assertThat(look.where())
        .isInstanceOfSatisfying(
            Around.class,
            around -> {
              assertThat(around.expectedPx()).containsExactly(third);
              assertThat(around.regionsPx()).isEmpty();
            });
  }

  @Test
  void faceThatIsMissedForAMomentIsListedWhereItShouldBeAndThenNoLonger() {
    next(new Scene().with(FACE, 220), FACE);
    Box second = moved(FACE, 16);
    long track = shown(second, second).get(0).trackId();
    Box third = moved(FACE, 32);
    atMs -= 100;
    assertThat(shown(third))
        .singleElement()
        .satisfies(
            face -> {
              assertThat(face.trackId()).isEqualTo(track);
              assertThat(face.crop()).isEmpty();
              assertThat(face.face().boxPx()).isEqualTo(moved(FACE, 24));
            });
    assertThat(shown(moved(FACE, 48))).isEmpty();
  }

  private List<SeenFace> shown(Box shown, Box... faces) {
    return seen(look(new Scene().with(shown, 220)), List.of(faces));
  }

  @Test
  void headThatIsHardlyAFaceIsWatchedButNotListed() {
    Look first = look(new Scene().with(FACE, 220));
    DetectedFace hardly = MadeFaces.face(FACE, 0.4f);
    assertThat(camera.seen(first, List.of(hardly), FollowedCameraTest::judged, false)).isEmpty();
    Look second = look(new Scene().with(moved(FACE, 8), 220));
    assertThat(second.where())
        .isInstanceOfSatisfying(
            Around.class, around -> assertThat(around.expectedPx()).containsExactly(FACE));
    assertThat(seen(second, List.of(moved(FACE, 8)))).hasSize(1);
  }

  @Test
  void whatIsNewIsSearchedWithRoomAroundItAndThenRests() {
    next(new Scene());
    Box appeared = new Box(480, 240, 540, 310);
    Look look = look(new Scene().with(appeared, 230));
    assertThat(look.where())
        .isInstanceOfSatisfying(
            Around.class,
            around ->
                assertThat(around.regionsPx())
                    .singleElement()
                    .satisfies(region -> assertThat(holds(region, appeared)).isTrue()));
    seen(look, List.of());
    assertThat(next(new Scene().with(appeared, 230)).kind()).isEqualTo(Kind.SKIPPED);
  }

  @Test
  void wholePictureIsSearchedAfterACutAGapAndAChangeOfSize() {
    next(new Scene());
    assertThat(next(new Scene(7, 640, 480)).kind()).as("cut").isEqualTo(Kind.FULL);
    atMs += 3000;
    assertThat(next(new Scene(7, 640, 480)).kind()).as("gap").isEqualTo(Kind.FULL);
    assertThat(next(new Scene(7, 800, 600)).kind()).as("size").isEqualTo(Kind.FULL);
  }

  @Test
  void frameThatCouldNotBeDecodedLeavesNoTrace() {
    next(new Scene(), FACE);
    Scene changed = new Scene().with(new Box(480, 240, 540, 310), 230);
    Look lost = look(changed);
    Look again = look(changed);
    assertThat(again.where()).isEqualTo(lost.where());
  }

  @Test
  void camerasAreForgottenOneByOneAndKeepTheirTracksToThemselves() {
    var cameras = new FollowedCameras(DetectorSettings.defaults());
    FollowedCamera door = cameras.camera("door", NOON_US);
    assertThat(cameras.camera("yard", NOON_US)).isNotSameAs(door);
    for (int i = 0; i < 1000; i++) {
      cameras.camera("flood-" + i, NOON_US + i);
      assertThat(cameras.camera("door", NOON_US + i)).isSameAs(door);
    }
    assertThat(cameras.size()).isEqualTo(256);
  }

  private Look next(Scene scene, Box... faces) {
    Look look = look(scene);
    seen(look, List.of(faces));
    return look;
  }

  private List<SeenFace> seen(Look look, List<Box> faces) {
    return seen(look, faces, false);
  }

  private List<SeenFace> seen(Look look, List<Box> faces, boolean everyPicture) {
    List<DetectedFace> detected = faces.stream().map(MadeFaces::face).toList();
    return camera.seen(look, detected, FollowedCameraTest::judged, everyPicture);
  }

  private static Optional<FoundFace> judged(DetectedFace face) {
    return Optional.of(MadeFaces.good(face.boxPx()));
  }

  private Look look(Scene scene) {
    return look(scene, false);
  }

  private Look look(Scene scene, boolean everyPicture) {
    atMs += 200;
    return camera.look(scene.glimpse(), NOON_US + atMs * 1000, MIN_FACE_PX, everyPicture);
  }

  private static Box moved(Box box, float by) {
    return new Box(box.x1() + by, box.y1(), box.x2() + by, box.y2());
  }

  private static boolean holds(Box outer, Box inner) {
    return outer.x1() <= inner.x1()
        && outer.y1() <= inner.y1()
        && outer.x2() >= inner.x2()
        && outer.y2() >= inner.y2();
  }

  /** A textured wall, as seen from afar. */
  private static final class Scene {
    final int widthPx;
    final int heightPx;
    final int columns;
    final int rows;
    final float[] grey;

    Scene() {
      this(1, 640, 480);
    }

    Scene(long seed, int widthPx, int heightPx) {
      this.widthPx = widthPx;
      this.heightPx = heightPx;
      this.columns = widthPx / 8;
      this.rows = heightPx / 8;
      this.grey = new float[columns * rows];
      Random random = new Random(seed);
      for (int i = 0; i < grey.length; i++) {
        grey[i] = 40 + random.nextInt(120);
      }
    }

    Scene with(Box box, float value) {
      for (int row = (int) box.y1() / 8; row < box.y2() / 8; row++) {
        for (int column = (int) box.x1() / 8; column < box.x2() / 8; column++) {
          grey[row * columns + column] = value + (row + column) % 3;
        }
      }
      return this;
    }

    Scene plainOutsideOf(Box box) {
      for (int i = 0; i < grey.length; i++) {
        int x = i % columns * 8;
        int y = i / columns * 8;
        if (x < box.x1() || x >= box.x2() || y < box.y1() || y >= box.y2()) {
          grey[i] = 103;
        }
      }
      return this;
    }

    Scene noise(long seed, float sigma) {
      Random random = new Random(1000 + seed);
      for (int i = 0; i < grey.length; i++) {
        grey[i] += (float) (sigma * random.nextGaussian());
      }
      return this;
    }

    Scene exposure(float gain, float offset) {
      for (int i = 0; i < grey.length; i++) {
        grey[i] = gain * grey[i] + offset;
      }
      return this;
    }

    Glimpse glimpse() {
      byte[] bytes = new byte[grey.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(grey[i])));
      }
      return new Glimpse(widthPx, heightPx, columns, rows, bytes);
    }
  }
}
