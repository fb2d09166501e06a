package io.facelogin.detector.follow;

import io.facelogin.models.geometry.Box;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where changed pixels lie together, as few padded boxes that are worth a search of their own. A
 * place that was searched a moment ago rests: somebody who walks changes the picture all the time.
 * One thread.
 */
final class ChangedRegions {

  /** Side of a block in pixels of the map; 32 pixels of a picture that was reduced by 8. */
  private static final int BLOCK = 4;

  private static final int PARTS = 4;

  /** Two boxes become one if that adds no more than this share to what is searched. */
  private static final float MERGE_COST = 1.3f;

  private final int columns;
  private final int rows;
  private final float blockPx;
  private final long restUs;
  private final long[] searchedAtUs;

  ChangedRegions(ChangeMap map, long restUs) {
    this.columns = (map.columns() + BLOCK - 1) / BLOCK;
    this.rows = (map.rows() + BLOCK - 1) / BLOCK;
    this.blockPx = map.scale() * BLOCK;
    this.restUs = restUs;
    this.searchedAtUs = new long[columns * rows];
    Arrays.fill(searchedAtUs, Long.MIN_VALUE / 2);
  }

  /**
   * @param paddingPx added on every side, so that a face whose part changed lies inside whole
   * @return boxes within the picture that changed and have rested
   */
  List<Box> due(ChangeMap map, long atUs, float paddingPx, int widthPx, int heightPx) {
    boolean[] due = new boolean[columns * rows];
    for (int row = 0; row < map.rows(); row++) {
      for (int column = 0; column < map.columns(); column++) {
        if (map.isChanged(column, row)) {
          int block = row / BLOCK * columns + column / BLOCK;
          due[block] |= atUs - searchedAtUs[block] >= restUs;
        }
      }
    }
    List<Box> boxes = new ArrayList<>();
    for (int block = 0; block < due.length; block++) {
      if (due[block]) {
        boxes.add(padded(component(due, block), paddingPx, widthPx, heightPx));
      }
    }
    return merged(boxes);
  }

  void searchedAll(long atUs) {
    Arrays.fill(searchedAtUs, atUs);
  }

  void searched(Box boxPx, long atUs) {
    int bottom = Math.min(rows - 1, (int) (boxPx.y2() / blockPx));
    int right = Math.min(columns - 1, (int) (boxPx.x2() / blockPx));
    for (int row = Math.max(0, (int) (boxPx.y1() / blockPx)); row <= bottom; row++) {
      for (int column = Math.max(0, (int) (boxPx.x1() / blockPx)); column <= right; column++) {
        searchedAtUs[row * columns + column] = atUs;
      }
    }
  }

  /** Takes all blocks that hang together with one out of the map; their bounding box. */
  private Box component(boolean[] due, int start) {
    int left = columns;
    int top = rows;
    int right = 0;
    int bottom = 0;
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
    due[start] = false;
    while (!open.isEmpty()) {
      int block = open.remove();
      int row = block / columns;
      int column = block % columns;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
      for (int y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
          if (due[y * columns + x]) {
            due[y * columns + x] = false;
            open.add(y * columns + x);
          }
        }
      }
    }
    return new Box(left * blockPx, top * blockPx, right * blockPx, bottom * blockPx);
  }

  /**
   * Grown to lines that part the picture in four: networks set themselves up for each new size that
   * they see, which takes longer than a search, so there are few.
   */
  private static Box padded(Box box, float paddingPx, int widthPx, int heightPx) {
    float stepX = widthPx / (float) PARTS;
    float stepY = heightPx / (float) PARTS;
    return new Box(
        stepX * Math.max(0, (int) Math.floor((box.x1() - paddingPx) / stepX)),
        stepY * Math.max(0, (int) Math.floor((box.y1() - paddingPx) / stepY)),
        stepX * Math.min(PARTS, (int) Math.ceil((box.x2() + paddingPx) / stepX)),
        stepY * Math.min(PARTS, (int) Math.ceil((box.y2() + paddingPx) / stepY)));
  }

  private static List<Box> merged(List<Box> boxes) {
    List<Box> merged = new ArrayList<>();
    for (Box box : boxes) {
      Box grown = box;
      for (int i = merged.size() - 1; i >= 0; i--) {
        Box both = around(grown, merged.get(i));
        if (both.area() <= MERGE_COST * (grown.area() + merged.get(i).area())) {
          merged.remove(i);
          grown = both;
          i = merged.size();
        }
      }
      merged.add(grown);
    }
    return merged;
  }

  private static Box around(Box a, Box b) {
    return new Box(
        Math.min(a.x1(), b.x1()),
        Math.min(a.y1(), b.y1()),
        Math.max(a.x2(), b.x2()),
        Math.max(a.y2(), b.y2()));
  }
}
