package io.facelogin.models.weights;

import java.util.ArrayList;
import java.util.List;

/** A batch norm of PyTorch drawn into the convolution or matrix before it. */
final class FoldedNorm {

  private static final double EPSILON = 1e-5;

  private FoldedNorm() {}

  /**
   * @param ours name of the layer: gives {@code ours/weights} and {@code ours/biases}
   * @param layer name of the convolution or matrix in the state dict; its bias may be absent
   * @param norm name of the batch norm behind it
   * @return in the layouts of TensorFlow: a kernel [height, width, in, out], [height, width,
   *     channels, 1] where it is depthwise, or a matrix [in, out]
   */
  static List<NamedTensor> of(Weights from, String ours, String layer, String norm) {
    NamedTensor kernel = from.get(layer + ".weight");
    float[] scale = from.get(norm + ".weight").values();
    float[] shift = from.get(norm + ".bias").values();
    float[] mean = from.get(norm + ".running_mean").values();
    float[] variance = from.get(norm + ".running_var").values();
    String bias = layer + ".bias";
    float[] own = from.names().contains(bias) ? from.get(bias).values() : new float[scale.length];
    float[] values = new float[kernel.values().length];
    float[] biases = new float[scale.length];
    int perOutput = values.length / scale.length;
    for (int out = 0; out < scale.length; out++) {
      double factor = scale[out] / Math.sqrt(variance[out] + EPSILON);
      biases[out] = (float) ((own[out] - mean[out]) * factor + shift[out]);
      for (int i = out * perOutput; i < (out + 1) * perOutput; i++) {
        values[i] = (float) (kernel.values()[i] * factor);
      }
    }
    List<NamedTensor> folded = new ArrayList<>();
    folded.add(toTensorFlow(new NamedTensor(ours + "/weights", kernel.shape(), values)));
    folded.add(new NamedTensor(ours + "/biases", new int[] {biases.length}, biases));
    return folded;
  }

  private static NamedTensor toTensorFlow(NamedTensor tensor) {
    int[] shape = tensor.shape();
    if (shape.length == 2) {
      return Layout.transpose(tensor, 1, 0);
    }
    // [out, in, height, width]; depthwise ones have 1 input and become [height, width, out, 1].
    boolean depthwise = shape.length == 4 && shape[1] == 1 && shape[2] > 1;
    return depthwise ? Layout.transpose(tensor, 2, 3, 0, 1) : Layout.transpose(tensor, 2, 3, 1, 0);
  }
}
