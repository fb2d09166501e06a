package io.facelogin.detector.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.detector.MadeFaces;
import io.facelogin.detector.SelectionSettings;
import io.facelogin.models.geometry.Box;
import org.junit.jupiter.api.Test;

class PictureSelectionTest {

  private static final long SECOND_US = 1_000_000;
  private static final long NOON_US = 1_764_000_000L * SECOND_US;

  private final PictureSelection selection = new PictureSelection(SelectionSettings.defaults());

  @Test
  void firstGoodPicturesGoOnAtOnceAndPoorOnesNever() {
    var poor = MadeFaces.poor(new Box(0, 0, 9, 9)).quality();
    assertThat(selection.select(poor, NOON_US)).isFalse();
    for (int i = 0; i < 3; i++) {
      assertThat(selection.isWaiting()).isTrue();
      assertThat(selects(0.5f, 0, i * 40L)).isTrue();
    }
    assertThat(selection.isWaiting()).isFalse();
    assertThat(selects(0.5f, 0, 200)).isFalse();
    assertThat(selection.select(poor, NOON_US + 10 * SECOND_US)).isFalse();
  }

  @Test
  void laterOnesGoOnOnlyIfTheyTellSomethingNew() {
    firstThree();
    assertThat(selects(0.55f, 0, 400)).as("hardly better").isFalse();
    assertThat(selects(0.65f, 0, 400)).as("clearly better").isTrue();
    assertThat(selects(0.65f, 0, 700)).as("the same again").isFalse();
    assertThat(selects(0.5f, 20, 700)).as("turned").isTrue();
    assertThat(selects(0.5f, 20, 1000)).as("turned that way before").isFalse();
    assertThat(selects(0.5f, 0, 1700)).as("after a while").isTrue();
  }

  @Test
  void whoComesNearerDoesNotSendEveryPicture() {
    firstThree();
    int sent = 0;
    for (int frame = 0; frame < 24; frame++) {
      sent += selects(0.5f + frame * 0.02f, 0, 100 + frame * 40L) ? 1 : 0;
    }
    assertThat(sent).isBetween(2, 4);
  }

  private void firstThree() {
    for (int i = 0; i < 3; i++) {
      selects(0.5f, 0, i);
    }
  }

  private boolean selects(float overall, float yawDegrees, long atMs) {
    return selection.select(MadeFaces.quality(overall, yawDegrees), NOON_US + atMs * 1000);
  }
}
