package io.facelogin.models.facenet;

import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.Kernels;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Writes Inception-ResNet-v1, layer by layer under the names of facenet-pytorch's state dict. Batch
 * norms are folded into the convolutions before them, and the factor of each residual branch into
 * its last convolution.
 */
final class InceptionResnetV1Graph {

  private static final double BATCH_NORM_EPSILON = 1e-3;

  private final NetworkBuilder network = new NetworkBuilder();
  private final Weights weights;

  private InceptionResnetV1Graph(Weights weights) {
    this.weights = weights;
  }

  static NetworkSession open(Weights weights) {
    return new InceptionResnetV1Graph(weights).build();
  }

  private NetworkSession build() {
    Operand<TFloat32> x = network.floatInput(160, 160, 3);
    x = layer(x, "conv2d_1a", 2, Padding.VALID);
    x = layer(x, "conv2d_2a", 1, Padding.VALID);
    x = layer(x, "conv2d_2b", 1, Padding.SAME);
    x = network.maxPool(x, 3, 2, Padding.VALID);
    x = layer(x, "conv2d_3b", 1, Padding.VALID);
    x = layer(x, "conv2d_4a", 1, Padding.VALID);
    x = layer(x, "conv2d_4b", 2, Padding.VALID);
    for (int i = 0; i < 5; i++) {
      x = block35(x, "repeat_1." + i);
    }
    x = reductionA(x);
    for (int i = 0; i < 10; i++) {
      x = block17(x, "repeat_2." + i);
    }
    x = reductionB(x);
    for (int i = 0; i < 5; i++) {
      x = network.relu(block8(x, "repeat_3." + i, 0.2));
    }
    x = block8(x, "block8", 1);
    return network.open(embedding(x));
  }

  private Operand<TFloat32> block35(Operand<TFloat32> x, String name) {
    Operand<TFloat32> branch2 = layer(x, name + ".branch2.0", 1, Padding.SAME);
    branch2 = layer(branch2, name + ".branch2.1", 1, Padding.SAME);
    Operand<TFloat32> branches =
        network.concat(
            List.of(
                layer(x, name + ".branch0", 1, Padding.SAME),
                layers(x, name + ".branch1", 2),
                layer(branch2, name + ".branch2.2", 1, Padding.SAME)));
    return network.relu(residual(x, branches, name, 0.17));
  }

  private Operand<TFloat32> block17(Operand<TFloat32> x, String name) {
    Operand<TFloat32> branches =
        network.concat(
            List.of(layer(x, name + ".branch0", 1, Padding.SAME), layers(x, name + ".branch1", 3)));
    return network.relu(residual(x, branches, name, 0.1));
  }

  /** The last one of the network is not rectified. */
  private Operand<TFloat32> block8(Operand<TFloat32> x, String name, double factor) {
    Operand<TFloat32> branches =
        network.concat(
            List.of(layer(x, name + ".branch0", 1, Padding.SAME), layers(x, name + ".branch1", 3)));
    return residual(x, branches, name, factor);
  }

  private Operand<TFloat32> reductionA(Operand<TFloat32> x) {
    Operand<TFloat32> branch1 = layers(x, "mixed_6a.branch1", 2);
    return network.concat(
        List.of(
            layer(x, "mixed_6a.branch0", 2, Padding.VALID),
            layer(branch1, "mixed_6a.branch1.2", 2, Padding.VALID),
            network.maxPool(x, 3, 2, Padding.VALID)));
  }

  private Operand<TFloat32> reductionB(Operand<TFloat32> x) {
    Operand<TFloat32> branch0 = layers(x, "mixed_7a.branch0", 1);
    Operand<TFloat32> branch1 = layers(x, "mixed_7a.branch1", 1);
    Operand<TFloat32> branch2 = layers(x, "mixed_7a.branch2", 2);
    return network.concat(
        List.of(
            layer(branch0, "mixed_7a.branch0.1", 2, Padding.VALID),
            layer(branch1, "mixed_7a.branch1.1", 2, Padding.VALID),
            layer(branch2, "mixed_7a.branch2.2", 2, Padding.VALID),
            network.maxPool(x, 3, 2, Padding.VALID)));
  }

  /** Mean over all places, then the matrix with its batch norm, which has no rectifier. */
  private Operand<TFloat32> embedding(Operand<TFloat32> x) {
    BatchNorm norm = batchNorm("last_bn");
    Kernel matrix = Kernels.fromPyTorch(weights.get("last_linear.weight"));
    return network.dense(network.mean(x), matrix.outputsTimes(norm.factors()), norm.bias());
  }

  private Operand<TFloat32> residual(
      Operand<TFloat32> x, Operand<TFloat32> branches, String name, double factor) {
    Kernel kernel = Kernels.fromPyTorch(weights.get(name + ".conv2d.weight")).dividedBy(1 / factor);
    float[] bias = weights.get(name + ".conv2d.bias").values().clone();
    for (int i = 0; i < bias.length; i++) {
      bias[i] = (float) (bias[i] * factor);
    }
    return network.add(network.convolution(branches, kernel, bias, 1, Padding.VALID), x);
  }

  /** The layers name.0, name.1 and so on, all of stride 1 and keeping the size. */
  private Operand<TFloat32> layers(Operand<TFloat32> x, String name, int count) {
    Operand<TFloat32> y = x;
    for (int i = 0; i < count; i++) {
      y = layer(y, name + "." + i, 1, Padding.SAME);
    }
    return y;
  }

  /** Convolution, batch norm, rectifier. */
  private Operand<TFloat32> layer(Operand<TFloat32> x, String name, int stride, Padding padding) {
    BatchNorm norm = batchNorm(name + ".bn");
    Kernel kernel =
        Kernels.fromPyTorch(weights.get(name + ".conv.weight")).outputsTimes(norm.factors());
    return network.relu(network.convolution(x, kernel, norm.bias(), stride, padding));
  }

  /** What a batch norm does to each channel: times factor, plus bias. */
  private record BatchNorm(double[] factors, float[] bias) {}

  private BatchNorm batchNorm(String name) {
    float[] scale = weights.get(name + ".weight").values();
    float[] shift = weights.get(name + ".bias").values();
    float[] mean = weights.get(name + ".running_mean").values();
    float[] variance = weights.get(name + ".running_var").values();
    double[] factors = new double[scale.length];
    float[] bias = new float[scale.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = scale[i] / Math.sqrt(variance[i] + BATCH_NORM_EPSILON);
      bias[i] = (float) (shift[i] - mean[i] * factors[i]);
    }
    return new BatchNorm(factors, bias);
  }
}
