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

  /**
   * How much of a person the network saw in a face that it encoded, 0 (nothing) to 1 (as much as
   * usual): the best predictor of errors that there is. 1 where nobody measured the network for it.
   */
  default float recognisability(Embedding embedding) {
    return 1;
  }

  @Override
  void close();
}
