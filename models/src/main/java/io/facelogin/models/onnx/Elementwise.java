package io.facelogin.models.onnx;

import io.facelogin.models.network.ChannelScale;
import io.facelogin.models.onnx.Value.Activation;
import io.facelogin.models.onnx.Value.Constant;
import io.facelogin.models.onnx.Value.Numbers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Operators that treat every number on its own; they do not care for the order of axes. */
final class Elementwise {

  /** From here on {@link ChannelScale} is the faster one. */
  private static final int MANY_CHANNELS = 64;

  private final Ops tf;
  private final Placing placing;

  Elementwise(Ops tf) {
    this.tf = tf;
    this.placing = new Placing(tf);
  }

  Map<String, Operator> operators() {
    Map<String, Operator> operators = new HashMap<>();
    operators.put("Relu", each(tf.nn::relu));
    operators.put("Sigmoid", each(tf.math::sigmoid));
    operators.put("Tanh", each(tf.math::tanh));
    operators.put("Exp", each(tf.math::exp));
    operators.put("Log", each(tf.math::log));
    operators.put("Sqrt", each(tf.math::sqrt));
    operators.put("Reciprocal", each(tf.math::reciprocal));
    operators.put("Abs", each(tf.math::abs));
    operators.put("Neg", each(tf.math::neg));
    operators.put("Erf", each(tf.math::erf));
    operators.put("Softplus", each(tf.math::softplus));
    operators.put("HardSwish", each(x -> tf.math.mul(x, hardSigmoid(x, 1 / 6f, 0.5f))));
    operators.put("Dropout", Operator.of(node -> node.input(0)));
    operators.put("Identity", Operator.of(node -> node.input(0)));
    operators.put("Add", pairs(tf.math::add, Math::addExact));
    operators.put("Sum", Operator.of(this::sum));
    operators.put("Sub", pairs(tf.math::sub, Math::subtractExact));
    operators.put("Mul", pairs(tf.math::mul, Math::multiplyExact));
    operators.put("Div", pairs(tf.math::div, (a, b) -> a / b));
    operators.put("Pow", pairs(tf.math::pow, (a, b) -> noNumbers()));
    operators.put("Max", pairs(tf.math::maximum, Math::max));
    operators.put("Min", pairs(tf.math::minimum, Math::min));
    operators.put("PRelu", Operator.of(this::parametricRelu));
    operators.put("Clip", Operator.of(this::clip));
    operators.put("HardSigmoid", Operator.of(this::hardSigmoid));
    operators.put("LeakyRelu", Operator.of(this::leakyRelu));
    operators.put("Elu", Operator.of(this::elu));
    return operators;
  }

  private Operator each(UnaryOperator<Operand<TFloat32>> function) {
    return Operator.of(node -> on(node.activation(0), function));
  }

  private static Value on(Activation x, UnaryOperator<Operand<TFloat32>> function) {
    return new Activation(function.apply(x.operand()), x.channelsLast());
  }

  private Operator pairs(BinaryOperator<Operand<TFloat32>> onFloats, LongBinaryOperator onNumbers) {
    return Operator.of(
        node -> {
          if (node.inputs() != 2) {
            throw new IllegalArgumentException(node.inputs() + " inputs; 2 are imported");
          }
          Value a = node.input(0);
          Value b = node.input(1);
          return a instanceof Numbers left && b instanceof Numbers right
              ? numbers(left, right, onNumbers)
              : pair(a, b, onFloats);
        });
  }

  private Value sum(OnnxNode node) {
    Value sum = node.activation(0);
    for (int i = 1; i < node.inputs(); i++) {
      sum = pair(sum, node.input(i), tf.math::add);
    }
    return sum;
  }

  private Value pair(Value a, Value b, BinaryOperator<Operand<TFloat32>> function) {
    boolean channelsLast = isChannelsLast(a) || isChannelsLast(b);
    return channelsLast
        ? new Activation(
            function.apply(placing.broadcastChannelsLast(a), placing.broadcastChannelsLast(b)),
            true)
        : new Activation(function.apply(placing.plain(a), placing.plain(b)), false);
  }

  private static boolean isChannelsLast(Value value) {
    return value instanceof Activation activation && activation.channelsLast();
  }

  private static Value numbers(Numbers a, Numbers b, LongBinaryOperator function) {
    int length = Math.max(a.values().length, b.values().length);
    long[] values = new long[length];
    for (int i = 0; i < length; i++) {
      values[i] = function.applyAsLong(known(a, i), known(b, i));
    }
    return new Numbers(values, a.scalar() && b.scalar());
  }

  private static long known(Numbers numbers, int index) {
    long value = numbers.values()[numbers.values().length == 1 ? 0 : index];
    if (value == Value.BATCH) {
      throw new IllegalArgumentException("a calculation with the number of pictures");
    }
    return value;
  }

  private static long noNumbers() {
    throw new IllegalArgumentException("whole numbers");
  }

  /** Slopes up to 1 take two passes over the data, others four. */
  private Value parametricRelu(OnnxNode node) {
    Value slope = node.input(1);
    boolean upToOne = slope instanceof Constant constant && atMostOne(constant.tensor().values());
    Activation x = node.activation(0);
    if (upToOne && slope instanceof Constant constant && isPerChannel(x, constant)) {
      float[] slopes = constant.tensor().values();
      return on(x, value -> tf.math.maximum(value, ChannelScale.of(tf, value, slopes)));
    }
    return upToOne
        ? pair(x, slope, (value, by) -> tf.math.maximum(value, tf.math.mul(value, by)))
        : pair(
            x,
            slope,
            (value, by) ->
                tf.math.add(
                    tf.nn.relu(value), tf.math.mul(by, tf.math.minimum(value, tf.constant(0f)))));
  }

  /** One number for each of many channels, which lie last. */
  private static boolean isPerChannel(Activation x, Constant slope) {
    return x.channelsLast()
        && x.rank() == 4
        && slope.tensor().values().length >= MANY_CHANNELS
        && slope.tensor().shape()[0] == x.side(1)
        && slope.tensor().values().length == x.side(1);
  }

  private static boolean atMostOne(float[] values) {
    for (float value : values) {
      if (!(value <= 1)) {
        return false;
      }
    }
    return true;
  }

  private Value clip(OnnxNode node) {
    float least = limit(node, 1, "min", Float.NEGATIVE_INFINITY);
    float most = limit(node, 2, "max", Float.POSITIVE_INFINITY);
    return on(
        node.activation(0),
        x -> tf.math.minimum(tf.math.maximum(x, tf.constant(least)), tf.constant(most)));
  }

  private static float limit(OnnxNode node, int input, String attribute, float absent) {
    if (!node.has(input)) {
      return node.real(attribute, absent);
    }
    float[] values = node.constant(input).values();
    if (values.length != 1) {
      throw new IllegalArgumentException(attribute + " has " + values.length + " numbers");
    }
    return values[0];
  }

  private Value hardSigmoid(OnnxNode node) {
    float slope = node.real("alpha", 0.2f);
    float shift = node.real("beta", 0.5f);
    return on(node.activation(0), x -> hardSigmoid(x, slope, shift));
  }

  private Operand<TFloat32> hardSigmoid(Operand<TFloat32> x, float slope, float shift) {
    Operand<TFloat32> line = tf.math.add(tf.math.mul(x, tf.constant(slope)), tf.constant(shift));
    return tf.math.minimum(tf.math.maximum(line, tf.constant(0f)), tf.constant(1f));
  }

  private Value leakyRelu(OnnxNode node) {
    float slope = node.real("alpha", 0.01f);
    return on(
        node.activation(0),
        x ->
            tf.math.add(
                tf.nn.relu(x),
                tf.math.mul(tf.math.minimum(x, tf.constant(0f)), tf.constant(slope))));
  }

  private Value elu(OnnxNode node) {
    if (node.real("alpha", 1) != 1) {
      throw new IllegalArgumentException("alpha other than 1");
    }
    return on(node.activation(0), tf.nn::elu);
  }
}
