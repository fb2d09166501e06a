package io.facelogin.jannoy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * An index file, memory-mapped and immutable: any number of threads may search it without locks,
 * each with a {@link Search} of its own. Several processes share the pages of one file. The map
 * goes when nobody can reach this object any more; a file that was replaced by {@link
 * AnnoyBuilder#save} stays readable through it until then.
 */
public final class AnnoyIndex {

  private final NodeLayout layout;
  private final MappedNodes nodes;
  private final int items;
  private final int[] roots;

  private AnnoyIndex(NodeLayout layout, MappedNodes nodes, int items, int[] roots) {
    this.layout = layout;
    this.nodes = nodes;
    this.items = items;
    this.roots = roots;
  }

  /**
   * Maps a file and checks every node's structure, so that a foreign or damaged file cannot lead a
   * search astray. Reads each node's head once (a 1 GB file: below a second when in memory).
   *
   * @param metric as it was built with: the file does not say
   * @throws DamagedIndexException if the file cannot be such an index
   */
  public static AnnoyIndex open(Path file, Metric metric, int dimension) throws IOException {
    NodeLayout layout = new NodeLayout(metric, dimension);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = channel.size();
      if (bytes == 0 || bytes % layout.bytes() != 0) {
        throw new DamagedIndexException(
            file, layout, bytes + " bytes are not a number of nodes of " + layout.bytes());
      }
      if (bytes / layout.bytes() > Integer.MAX_VALUE) {
        throw new DamagedIndexException(file, layout, "it has more than 2^31 nodes");
      }
      MappedNodes nodes = new MappedNodes(channel, layout, (int) (bytes / layout.bytes()));
      FileCheck.Structure structure = new FileCheck(file, layout, nodes).check();
      return new AnnoyIndex(layout, nodes, structure.items(), structure.roots());
    }
  }

  public Metric metric() {
    return layout.metric();
  }

  public int dimension() {
    return layout.dimension();
  }

  /** Largest id + 1. Ids that were never added count too. */
  public int items() {
    return items;
  }

  public int trees() {
    return roots.length;
  }

  /** Whether this id was added. */
  public boolean holds(int id) {
    return id >= 0 && id < items && nodes.descendants(id) == 1;
  }

  /** The vector as it was added. */
  public void vector(int id, float[] into) {
    if (!holds(id)) {
      throw new IllegalArgumentException("No item " + id + " in this index of " + items);
    }
    if (into.length != layout.dimension()) {
      throw new IllegalArgumentException(
          into.length + " numbers wanted of a vector of " + layout.dimension());
    }
    nodes.vector(id, into, 0);
  }

  /** A search of one thread, to be kept and used again. */
  public Search newSearch() {
    return newSearch(VectorArithmetic.fastest());
  }

  public Search newSearch(VectorArithmetic arithmetic) {
    return new Search(layout, nodes, items, roots, arithmetic);
  }

  /** For occasional callers; {@link #newSearch()} is the way for many queries. */
  public List<Neighbour> nearest(float[] query, int wanted, int searchK) {
    Search search = newSearch();
    search.run(query, wanted, searchK);
    return search.neighbours();
  }
}
