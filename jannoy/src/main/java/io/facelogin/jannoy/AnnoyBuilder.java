package io.facelogin.jannoy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Makes an index file: add every vector, then save. Vectors go to disk at once, so the heap holds
 * only the tree that each thread is growing (about 11 bytes per item and thread), and while saving
 * a copy of the vectors if they fit into a quarter of it: that is faster. One thread adds; saving
 * uses several. Not reusable.
 *
 * <pre>{@code
 * try (var builder = AnnoyBuilder.angular(512, file)) {
 *   builder.add(0, vector);
 *   builder.save(BuildSettings.defaults());
 * }
 * }</pre>
 */
public final class AnnoyBuilder implements AutoCloseable {

  private final NodeLayout layout;
  private final Path destination;
  private final PartialFile file;
  private final BitSet added = new BitSet();
  private final int[] node;
  private boolean saved;

  /**
   * @param destination the file to make or replace; its folder must exist
   * @throws IOException if the folder cannot be written
   */
  public AnnoyBuilder(Metric metric, int dimension, Path destination) throws IOException {
    layout = new NodeLayout(metric, dimension);
    this.destination = destination.toAbsolutePath();
    Path folder = this.destination.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("Cannot make an index at " + destination + ": its folder is missing");
    }
    file = new PartialFile(folder);
    node = new int[layout.words()];
  }

  public static AnnoyBuilder angular(int dimension, Path destination) throws IOException {
    return new AnnoyBuilder(Metric.ANGULAR, dimension, destination);
  }

  public static AnnoyBuilder euclidean(int dimension, Path destination) throws IOException {
    return new AnnoyBuilder(Metric.EUCLIDEAN, dimension, destination);
  }

  /**
   * Adds a vector, or replaces it. Ids are best dense from 0: a gap costs as much room as a vector.
   *
   * @throws IllegalArgumentException if the vector has the wrong length or a number that is not
   *     finite, or no direction where angles are compared
   */
  public void add(int id, float[] vector) {
    if (saved) {
      throw new IllegalStateException("This builder has saved; an index file cannot be added to");
    }
    if (id < 0) {
      throw new IllegalArgumentException("id must not be negative, got " + id);
    }
    layout.check(vector, "Vector " + id);
    node[NodeLayout.DESCENDANTS_WORD] = 1;
    if (layout.metric() == Metric.ANGULAR) {
      // Sequentially, whatever the arithmetic of the build: the bytes of items are always the same.
      float norm = VectorArithmetic.sequential().dot(vector, 0, vector, 0, vector.length);
      if (!Float.isFinite(norm)) {
        throw new IllegalArgumentException("Vector " + id + " is too long: its norm is " + norm);
      }
      if (norm == 0) {
        throw new IllegalArgumentException(
            "Vector " + id + " is zero: it has no direction, so it has an angle to nothing");
      }
      node[NodeLayout.SCALAR_WORD] = Float.floatToRawIntBits(norm);
    }
    for (int i = 0; i < vector.length; i++) {
      node[layout.vectorWord() + i] = Float.floatToRawIntBits(vector[i]);
    }
    file.write((long) id * layout.bytes(), node, 0, node.length);
    added.set(id);
  }

  /**
   * Grows the trees and puts the whole file in its place in one step: readers see the old file or
   * the new one. Waits until done; interrupting the caller stops the build and leaves nothing
   * behind.
   *
   * @throws IOException if the disk is full or the folder has gone
   */
  public void save(BuildSettings settings) throws IOException, InterruptedException {
    if (added.isEmpty()) {
      throw new IllegalStateException("An index needs at least one vector");
    }
    saved = true;
    file.flush();
    int items = added.length();
    MappedNodes nodes = new MappedNodes(file.channel(), layout, items);
    var vectors = new ItemVectors(layout, nodes, ItemVectors.spareBytes());
    new Forest(layout, vectors, added.stream().toArray(), file, settings).grow();
    file.become(destination);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
