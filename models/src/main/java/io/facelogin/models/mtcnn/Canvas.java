package io.facelogin.models.mtcnn;

import io.facelogin.models.mtcnn.Pyramid.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many small pictures side by side in a large one, so that P-Net needs one call for all levels of
 * all pictures: a call costs as much as ten thousand pixels, and a small level leaves a processor
 * idle. Each piece begins at an even pixel, where P-Net's grid begins too.
 *
 * @param widthPx rounded up, so that few shapes occur: the network prepares itself for each new one
 */
record Canvas(int widthPx, int heightPx, List<Spot> spots) {

  /**
   * Pixels of one canvas. Bounds the memory of a run to about 200 MB whatever the pictures are, and
   * is what two full-HD frames need at a smallest face of 40 px.
   */
  static final int MAX_PIXELS = 1 << 20;

  private static final int ROUNDING_PX = 32;

  /**
   * Rows of one level of a field.
   *
   * @param firstRow of the level
   */
  record Piece(Field field, Level level, int firstRow, int rows) {

    int widthPx() {
      return level.widthPx();
    }
  }

  /** A piece and where it lies. */
  record Spot(Piece piece, int leftPx, int topPx) {}

  /** Pieces one above the other. */
  private static final class Column {
    final int left;
    final int width;
    int bottom;

    Column(int left, int width, int bottom) {
      this.left = left;
      this.width = width;
      this.bottom = bottom;
    }
  }

  /** Columns of at most one height. */
  private static final class Shelf {
    final int height;
    final int bottom;
    final List<Column> columns = new ArrayList<>();
    int right;

    Shelf(int top, int height) {
      this.height = height;
      this.bottom = top + height;
    }
  }

  /**
   * @param pieces none larger than a canvas may be
   */
  static List<Canvas> of(List<Piece> pieces) {
    List<Piece> tallestFirst = new ArrayList<>(pieces);
    tallestFirst.sort(Comparator.comparingInt(Piece::rows).reversed());
    List<Canvas> canvases = new ArrayList<>();
    int from = 0;
    while (from < tallestFirst.size()) {
      Canvas canvas = filled(tallestFirst.subList(from, tallestFirst.size()));
      canvases.add(canvas);
      from += canvas.spots().size();
    }
    return canvases;
  }

  /** Takes pieces in their order until one has no room. */
  private static Canvas filled(List<Piece> pieces) {
    int width = pieces.stream().mapToInt(piece -> even(piece.widthPx())).max().orElseThrow();
    List<Shelf> shelves = new ArrayList<>();
    List<Spot> spots = new ArrayList<>();
    for (Piece piece : pieces) {
      Spot spot = spot(piece, shelves, width);
      if (spot == null) {
        break;
      }
      spots.add(spot);
    }
    return new Canvas(rounded(width), rounded(shelves.get(shelves.size() - 1).bottom), spots);
  }

  private static @Nullable Spot spot(Piece piece, List<Shelf> shelves, int canvasWidth) {
    int width = even(piece.widthPx());
    int height = even(piece.rows());
    for (Shelf shelf : shelves) {
      for (Column column : shelf.columns) {
        if (width <= column.width && column.bottom + height <= shelf.bottom) {
          Spot spot = new Spot(piece, column.left, column.bottom);
          column.bottom += height;
          return spot;
        }
      }
      if (shelf.right + width <= canvasWidth && height <= shelf.height) {
        return inNewColumn(piece, shelf, width, height);
      }
    }
    int top = shelves.isEmpty() ? 0 : shelves.get(shelves.size() - 1).bottom;
    if (!shelves.isEmpty() && (long) rounded(canvasWidth) * rounded(top + height) > MAX_PIXELS) {
      return null;
    }
    Shelf shelf = new Shelf(top, height);
    shelves.add(shelf);
    return inNewColumn(piece, shelf, width, height);
  }

  private static Spot inNewColumn(Piece piece, Shelf shelf, int width, int height) {
    int top = shelf.bottom - shelf.height;
    Spot spot = new Spot(piece, shelf.right, top);
    shelf.columns.add(new Column(shelf.right, width, top + height));
    shelf.right += width;
    return spot;
  }

  private static int even(int px) {
    return px + 1 & ~1;
  }

  private static int rounded(int px) {
    return (px + ROUNDING_PX - 1) / ROUNDING_PX * ROUNDING_PX;
  }
}
