package io.facelogin.models;

import io.facelogin.contract.ModelId;
import java.util.List;

/**
 * Turns aligned faces into embeddings. Any number of threads may call one encoder; it owns its
 * session until closed.
 */
public interface Encoder extends AutoCloseable {

  ModelId model();

  /** Length of the embeddings. */
  int dimension();

  /**
   * Name of the alignment template that the crops must have, see {@link AlignedFace#alignment()}.
   */
  String alignment();

  /** Side of the square crop in pixels. */
  int cropSidePx();

  /**
   * One batched network call, split only where a batch would not fit into memory.
   *
   * @return one embedding per face, in the same order
   * @throws IllegalArgumentException if a crop has the wrong size or alignment
   */
  List<Embedding> encode(List<AlignedFace> faces);

  @Override
  void close();
}
