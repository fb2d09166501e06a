package io.facelogin.models.onnx;

import java.util.List;

/** How one kind of node becomes part of the TensorFlow graph. */
@FunctionalInterface
interface Operator {

  /**
   * @return its outputs
   * @throws IllegalArgumentException if the file uses it in a way that is not imported
   */
  List<Value> apply(OnnxNode node);

  /** For the many that have one output. */
  static Operator of(Single single) {
    return node -> List.of(single.apply(node));
  }

  @FunctionalInterface
  interface Single {
    Value apply(OnnxNode node);
  }
}
