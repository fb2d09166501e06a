package io.facelogin.models.mtcnn;

import io.facelogin.models.mtcnn.Canvas.Piece;
import io.facelogin.models.mtcnn.Canvas.Spot;
import java.util.ArrayList;
import java.util.List;

/** Brings levels of the pyramid to their places on canvases, on all processors. */
final class CanvasPainter {

  /** Rows of a piece that one processor makes at a time. */
  private static final int ROWS_TOGETHER = 32;

  private static final int CHANNELS = ProposalNetwork.CHANNELS;
  private static final int RIM = CHANNELS - 1;

  private final List<Pixels> pictures;

  /**
   * @param pictures in the order of the searches
   */
  CanvasPainter(List<Pixels> pictures) {
    this.pictures = pictures;
  }

  /** Some rows of a piece. */
  private record Task(Spot spot, Sampling across, Sampling down, int from, int to) {}

  /**
   * Four bytes a pixel: blue, green, red, and 1 after an odd rim. What no piece covers is black.
   */
  byte[] paint(Canvas canvas) {
    byte[] bytes = new byte[canvas.widthPx() * canvas.heightPx() * CHANNELS];
    List<Task> tasks = new ArrayList<>();
    for (Spot spot : canvas.spots()) {
      Piece piece = spot.piece();
      Field field = piece.field();
      Pixels picture = pictures.get(field.search());
      Sampling across = new Sampling();
      across.set(field.leftPx(), field.widthPx(), piece.widthPx(), picture.widthPx(), false);
      Sampling down = new Sampling();
      down.set(
          field.topPx(), field.heightPx(), piece.level().heightPx(), picture.heightPx(), false);
      for (int row = 0; row < piece.rows(); row += ROWS_TOGETHER) {
        int to = Math.min(piece.rows(), row + ROWS_TOGETHER);
        tasks.add(new Task(spot, across, down, row, to));
      }
    }
    tasks.parallelStream().forEach(task -> paint(task, canvas, bytes));
    return bytes;
  }

  private void paint(Task task, Canvas canvas, byte[] bytes) {
    Spot spot = task.spot();
    Piece piece = spot.piece();
    Pixels picture = pictures.get(piece.field().search());
    AreaScaler scaler = new AreaScaler();
    float[] row = new float[piece.widthPx() * Pixels.CHANNELS];
    for (int y = task.from(); y < task.to(); y++) {
      int level = piece.firstRow() + y;
      scaler.row(picture, task.across(), task.down(), level, piece.widthPx(), row, 0);
      int at = ((spot.topPx() + y) * canvas.widthPx() + spot.leftPx()) * CHANNELS;
      for (int i = 0; i < row.length; at++) {
        bytes[at++] = rounded(row[i++]);
        bytes[at++] = rounded(row[i++]);
        bytes[at++] = rounded(row[i++]);
      }
      // P-Net's windows of two pixels reach over an odd rim: what lies there must not count.
      if (piece.widthPx() % 2 == 1) {
        bytes[at + RIM] = 1;
      }
    }
    if (task.to() == piece.rows() && piece.rows() % 2 == 1) {
      int at = ((spot.topPx() + piece.rows()) * canvas.widthPx() + spot.leftPx()) * CHANNELS;
      for (int x = 0; x < piece.widthPx(); x++) {
        bytes[at + x * CHANNELS + RIM] = 1;
      }
    }
  }

  private static byte rounded(float value) {
    return (byte) (int) (value + 0.5f);
  }
}
