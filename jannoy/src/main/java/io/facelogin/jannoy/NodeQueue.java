package io.facelogin.jannoy;

import java.util.Arrays;

/**
 * Priority queue of nodes: larger priority first, at equal priority the larger node, as in the
 * original. A binary heap over longs, whose upper half is the priority in an order that integers
 * share with floats.
 */
final class NodeQueue {

  private long[] heap = new long[256];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void push(float priority, int node) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    long key = (long) ordered(Float.floatToRawIntBits(priority)) << 32 | node;
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent] >= key) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = key;
  }

  float topPriority() {
    return Float.intBitsToFloat(ordered((int) (heap[0] >> 32)));
  }

  int popNode() {
    int node = (int) heap[0];
    long moved = heap[--size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= moved) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = moved;
    return node;
  }

  /** Turns float bits into an int of the same order, and back: negative floats count backwards. */
  private static int ordered(int bits) {
    return bits ^ (bits >> 31 & 0x7fffffff);
  }
}
