package io.facelogin.jannoy;

import java.nio.file.Path;

/** Finds items and roots of a file, which has no header, and refuses what could not be searched. */
final class FileCheck {

  /** Number of items (holes included) and node numbers of the roots. */
  record Structure(int items, int[] roots) {}

  private final Path file;
  private final NodeLayout layout;
  private final MappedNodes nodes;

  FileCheck(Path file, NodeLayout layout, MappedNodes nodes) {
    this.file = file;
    this.layout = layout;
    this.nodes = nodes;
  }

  Structure check() throws DamagedIndexException {
    int last = nodes.count() - 1;
    int items = nodes.descendants(last);
    if (items < 1 || items > last) {
      throw damaged(
          "its last node, a root, says " + items + " items of " + nodes.count() + " nodes");
    }
    for (int item = 0; item < items; item++) {
      int descendants = nodes.descendants(item);
      if (descendants != 0 && descendants != 1) {
        throw damaged("item " + item + " has " + descendants + " descendants");
      }
    }
    int[] roots = roots(items);
    checkTrees(items);
    return new Structure(items, roots);
  }

  /**
   * Roots are the nodes at the end with the same number of descendants. Directly before the copies
   * may lie originals: that of the last tree, or of all trees where each is one bucket.
   */
  private int[] roots(int items) throws DamagedIndexException {
    int end = nodes.count();
    int first = end;
    while (first > items && nodes.descendants(first - 1) == items) {
      first--;
    }
    int run = end - first;
    if (items <= layout.bucketCapacity()) {
      if (run > 1 && run % 2 == 0 && halvesEqual(first, run / 2)) {
        first += run / 2;
      }
    } else if (run > 1 && nodes.equalNodes(first, end - 1)) {
      first++;
    }
    if (first == items) {
      throw damaged("its roots are no copies of trees");
    }
    int[] roots = new int[end - first];
    for (int i = 0; i < roots.length; i++) {
      roots[i] = first + i;
    }
    return roots;
  }

  private boolean halvesEqual(int first, int half) {
    for (int i = 0; i < half; i++) {
      if (!nodes.equalNodes(first + i, first + half + i)) {
        return false;
      }
    }
    return true;
  }

  private void checkTrees(int items) throws DamagedIndexException {
    int[] bucket = new int[layout.bucketCapacity()];
    for (int node = items; node < nodes.count(); node++) {
      int descendants = nodes.descendants(node);
      if (descendants < 1 || descendants > items) {
        throw damaged(
            "node " + node + " has " + descendants + " descendants of " + items + " items");
      }
      if (descendants <= layout.bucketCapacity()) {
        nodes.bucket(node, bucket, 0, descendants);
        for (int i = 0; i < descendants; i++) {
          if (bucket[i] < 0 || bucket[i] >= items) {
            throw damaged("bucket " + node + " names item " + bucket[i] + " of " + items);
          }
        }
      } else {
        for (int side = 0; side < 2; side++) {
          int child = nodes.child(node, side);
          // A parent is written after its children, so a path always ends.
          if (child < 0 || child >= node) {
            throw damaged("node " + node + " has child " + child);
          }
        }
      }
    }
  }

  private DamagedIndexException damaged(String what) {
    return new DamagedIndexException(file, layout, what);
  }
}
