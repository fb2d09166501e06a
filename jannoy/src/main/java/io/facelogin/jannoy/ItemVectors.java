package io.facelogin.jannoy;

/**
 * The items while trees grow. Every tree reads every vector about log2(items / bucket) times, and a
 * copy out of the mapped file costs about as much as the scalar product with it: so they are copied
 * to the heap once where they take no more than a quarter of it, and read from the map where they
 * would. Any number of threads may read.
 */
final class ItemVectors {

  private static final int HEAP_SHARE = 4;
  private static final int ITEMS_PER_CHUNK_BITS = 12;
  private static final int ITEMS_PER_CHUNK = 1 << ITEMS_PER_CHUNK_BITS;

  private final NodeLayout layout;
  private final MappedNodes nodes;
  private final float[][] chunks;
  private final float[] norms;

  /**
   * @param nodes at least the items
   * @param spareBytes that copies may take; 0 for none
   */
  ItemVectors(NodeLayout layout, MappedNodes nodes, long spareBytes) {
    this.layout = layout;
    this.nodes = nodes;
    int items = nodes.count();
    if ((long) items * layout.bytes() > spareBytes) {
      chunks = new float[0][];
      norms = new float[0];
      return;
    }
    chunks = new float[(items + ITEMS_PER_CHUNK - 1) / ITEMS_PER_CHUNK][];
    norms = new float[items];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      int first = chunk << ITEMS_PER_CHUNK_BITS;
      int count = Math.min(ITEMS_PER_CHUNK, items - first);
      float[] copies = new float[count * layout.dimension()];
      for (int i = 0; i < count; i++) {
        nodes.vector(first + i, copies, i * layout.dimension());
        norms[first + i] = nodes.scalar(first + i);
      }
      chunks[chunk] = copies;
    }
  }

  /** A quarter of what this JVM may take. */
  static long spareBytes() {
    return Runtime.getRuntime().maxMemory() / HEAP_SHARE;
  }

  int count() {
    return nodes.count();
  }

  /** Squared norm of an angular item. */
  float norm(int id) {
    return norms.length > 0 ? norms[id] : nodes.scalar(id);
  }

  /**
   * Where the vector lies, from {@link #offset} on.
   *
   * @param scratch is filled and returned where vectors lie in the map
   */
  float[] array(int id, float[] scratch) {
    if (chunks.length > 0) {
      return chunks[id >>> ITEMS_PER_CHUNK_BITS];
    }
    nodes.vector(id, scratch, 0);
    return scratch;
  }

  int offset(int id) {
    return chunks.length > 0 ? (id & (ITEMS_PER_CHUNK - 1)) * layout.dimension() : 0;
  }
}
