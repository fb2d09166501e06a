package io.facelogin.jannoy;

/**
 * Where the fields of a node lie. A file is nothing but nodes of this one size; everything in them
 * is a 4-byte word, little endian.
 *
 * <p>Word 0 is the number of descendants. Angular nodes go on with the two children (or the squared
 * norm of an item, in the place of the first), euclidean ones with the plane's offset and the two
 * children. The vector comes last. A bucket's item ids start at the first child and run over the
 * vector.
 */
record NodeLayout(Metric metric, int dimension) {

  static final int DESCENDANTS_WORD = 0;

  /** Squared norm of an angular item, or offset of a euclidean split plane. */
  static final int SCALAR_WORD = 1;

  NodeLayout {
    if (dimension < 1 || dimension > 1 << 20) {
      throw new IllegalArgumentException("dimension must be 1 to 1048576, got " + dimension);
    }
  }

  int childrenWord() {
    return metric == Metric.ANGULAR ? 1 : 2;
  }

  int vectorWord() {
    return childrenWord() + 2;
  }

  int words() {
    return vectorWord() + dimension;
  }

  int bytes() {
    return 4 * words();
  }

  /** Most item ids that a node can hold instead of children and vector. */
  int bucketCapacity() {
    return dimension + 2;
  }

  /**
   * @throws IllegalArgumentException if the vector has the wrong length or a number in it is not
   *     finite
   */
  void check(float[] vector, String what) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          what + " has " + vector.length + " numbers, this index has dimension " + dimension);
    }
    for (int i = 0; i < dimension; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new IllegalArgumentException(what + " has " + vector[i] + " at position " + i);
      }
    }
  }
}
