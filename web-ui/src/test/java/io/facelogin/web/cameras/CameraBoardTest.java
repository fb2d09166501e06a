package io.facelogin.web.cameras;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.web.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CameraBoardTest {

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-30T10:00:00Z"));
  private final CameraBoard board = new CameraBoard(clock);

  @Test
  void pictureOfACameraThatFellSilentVanishesWithTheRecordsOfItsTopic() {
    board.seen("silent", frame());
    clock.forward(Duration.ofMinutes(10));
    board.seen("alive", frame());
    clock.forward(Duration.ofMinutes(4));
    board.dropOldPictures();
    assertThat(board.picture("silent")).isPresent();

    clock.forward(Duration.ofMinutes(2));
    board.dropOldPictures();
    assertThat(board.picture("silent")).isEmpty();
    assertThat(board.picture("alive")).isPresent();
  }

  private static Frame frame() {
    return Frame.newBuilder()
        .setRef(FrameRef.newBuilder().setPurpose(Purpose.WATCH))
        .setJpeg(ByteString.copyFromUtf8("a picture"))
        .build();
  }
}
