package io.facelogin.models.facenet;

import io.facelogin.models.SharedData;
import io.facelogin.models.weights.NamedTensor;
import io.facelogin.models.weights.Weights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/**
 * Weights that a formula makes of the tensors' names, so that the network can be compared with the
 * reference where the published weights, 100 MB, are not to be had.
 */
final class FormulaWeights {

  private FormulaWeights() {}

  static Weights inceptionResnetV1() {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry :
        SharedData.json("expected/facenet_parity/tensors.json").properties()) {
      int[] shape = new int[entry.getValue().size()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = entry.getValue().get(i).intValue();
      }
      tensors.add(tensor(entry.getKey(), shape));
    }
    return new Weights("formula", tensors);
  }

  private static NamedTensor tensor(String name, int[] shape) {
    CRC32 seed = new CRC32();
    seed.update(name.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(seed.getValue());
    int size = 1;
    for (int side : shape) {
      size *= side;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) value(name, size / shape[0], random.nextDouble());
    }
    return new NamedTensor(name, shape, values);
  }

  private static double value(String name, int fanIn, double p) {
    double u = p * 2 - 1;
    if (name.endsWith(".running_var")) {
      return 0.5 + p;
    }
    if (name.endsWith(".running_mean") || name.endsWith(".conv2d.bias")) {
      return 0.1 * u;
    }
    if (name.endsWith("bn.weight")) {
      return 1 + 0.1 * u;
    }
    if (name.endsWith("bn.bias")) {
      return (name.equals("last_bn.bias") ? 0 : -0.3) + 0.1 * u;
    }
    boolean narrow = name.endsWith(".conv2d.weight") || name.equals("last_linear.weight");
    return u * Math.sqrt((narrow ? 3.0 : 9.0) / fanIn);
  }
}
