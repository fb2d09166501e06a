package io.facelogin.jannoy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * Nodes of a file, mapped read-only. A Java map ends at 2 GiB, so a large file is an array of maps,
 * each of whole nodes. Any number of threads may read; the maps go when the garbage collector finds
 * that nobody can reach them any more, so a reader never loses its ground.
 */
final class MappedNodes {

  private static final long MAP_BYTES = 1L << 30;

  private final NodeLayout layout;
  private final int count;
  private final int nodesPerMap;
  private final IntBuffer[] words;
  private final FloatBuffer[] floats;

  MappedNodes(FileChannel file, NodeLayout layout, int count) throws IOException {
    this(file, layout, count, MAP_BYTES);
  }

  /** With another size of the maps, for tests. */
  MappedNodes(FileChannel file, NodeLayout layout, int count, long mapBytes) throws IOException {
    this.layout = layout;
    this.count = count;
    nodesPerMap = (int) Math.max(1, mapBytes / layout.bytes());
    int maps = (int) (((long) count + nodesPerMap - 1) / nodesPerMap);
    words = new IntBuffer[maps];
    floats = new FloatBuffer[maps];
    for (int i = 0; i < maps; i++) {
      long first = (long) i * nodesPerMap;
      long nodes = Math.min(nodesPerMap, count - first);
      var map =
          file.map(MapMode.READ_ONLY, first * layout.bytes(), nodes * layout.bytes())
              .order(ByteOrder.LITTLE_ENDIAN);
      words[i] = map.asIntBuffer();
      floats[i] = map.asFloatBuffer();
    }
  }

  int count() {
    return count;
  }

  int descendants(int node) {
    return word(node, NodeLayout.DESCENDANTS_WORD);
  }

  int child(int node, int side) {
    return word(node, layout.childrenWord() + side);
  }

  int word(int node, int word) {
    return words[node / nodesPerMap].get(position(node) + word);
  }

  /** Squared norm of an angular item, or offset of a euclidean split plane. */
  float scalar(int node) {
    return floats[node / nodesPerMap].get(position(node) + NodeLayout.SCALAR_WORD);
  }

  void vector(int node, float[] into, int at) {
    floats[node / nodesPerMap].get(
        position(node) + layout.vectorWord(), into, at, layout.dimension());
  }

  /** Copies the first length item ids of a bucket. */
  void bucket(int node, int[] into, int offset, int length) {
    words[node / nodesPerMap].get(position(node) + layout.childrenWord(), into, offset, length);
  }

  boolean equalNodes(int a, int b) {
    for (int word = 0; word < layout.words(); word++) {
      if (word(a, word) != word(b, word)) {
        return false;
      }
    }
    return true;
  }

  private int position(int node) {
    return node % nodesPerMap * layout.words();
  }
}
