package io.facelogin.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.facelogin.models.onnx.Value.Activation;
import io.facelogin.models.onnx.Value.Constant;
import io.facelogin.models.onnx.Value.Numbers;
import io.facelogin.models.weights.NamedTensor;
import io.facelogin.models.weights.UnusableWeightsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Operators that move numbers about without changing them. */
final class Shaping {

  private final Ops tf;
  private final Placing placing;

  Shaping(Ops tf) {
    this.tf = tf;
    this.placing = new Placing(tf);
  }

  Map<String, Operator> operators() {
    Map<String, Operator> operators = new HashMap<>();
    operators.put("Constant", Operator.of(this::constant));
    operators.put("Shape", Operator.of(Shaping::shape));
    operators.put("Reshape", Operator.of(this::reshape));
    operators.put("Flatten", Operator.of(this::flatten));
    operators.put("Transpose", Operator.of(this::transpose));
    operators.put("Squeeze", Operator.of(this::squeeze));
    operators.put("Unsqueeze", Operator.of(this::unsqueeze));
    operators.put("Concat", Operator.of(this::concat));
    operators.put("Expand", Operator.of(this::expand));
    operators.put("Cast", Operator.of(Shaping::cast));
    return operators;
  }

  private Value constant(OnnxNode node) {
    if (node.hasAttribute("value_int")) {
      return new Numbers(new long[] {node.number("value_int", 0)}, true);
    }
    if (node.hasAttribute("value_float")) {
      float value = node.real("value_float", 0);
      return new Constant(new NamedTensor("constant", new int[0], new float[] {value}));
    }
    long[] list = node.longs("value_ints");
    if (list != null) {
      return new Numbers(list, false);
    }
    AttributeProto value = node.required("value");
    try {
      return OnnxTensors.read("of its own", value.getT());
    } catch (UnusableWeightsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Casts that change nothing here: floats stay floats, whole numbers stay whole. */
  private static Value cast(OnnxNode node) {
    boolean toFloat = node.number("to", 0) == 1;
    if (node.input(0) instanceof Numbers == toFloat) {
      throw new IllegalArgumentException("between floats and whole numbers");
    }
    return node.input(0);
  }

  private static Value shape(OnnxNode node) {
    Activation x = node.activation(0);
    long[] sides = new long[x.rank()];
    for (int axis = 0; axis < sides.length; axis++) {
      long side = x.side(axis);
      if (side < 0 && axis > 0) {
        throw new IllegalArgumentException("of a value whose side " + axis + " is not known");
      }
      sides[axis] = side < 0 ? Value.BATCH : side;
    }
    return new Numbers(sides, false);
  }

  private Value reshape(OnnxNode node) {
    long[] wanted = node.numbersOrAttribute(1, "shape");
    if (wanted == null) {
      throw new IllegalArgumentException("no shape");
    }
    if (node.input(0) instanceof Numbers numbers) {
      return new Numbers(numbers.values(), wanted.length == 0);
    }
    Activation x = node.activation(0);
    if (wanted.length < 2) {
      throw new IllegalArgumentException("to a value without a side for the batch");
    }
    for (int axis = 1; axis < wanted.length; axis++) {
      if (wanted[axis] == 0) {
        wanted[axis] = x.side(axis);
      }
    }
    sidesPerPicture(wanted, perPicture(x));
    wanted[0] = -1;
    return new Activation(tf.reshape(placing.plain(x), tf.constant(wanted)), false);
  }

  /**
   * Works out the side that is left open. Exporters fix the batch of their example, as in (1, -1);
   * here any number of pictures may come, so the first side stays open and no other.
   */
  private static void sidesPerPicture(long[] wanted, long perPicture) {
    long known = 1;
    int open = 0;
    for (int axis = 1; axis < wanted.length; axis++) {
      if (wanted[axis] == -1 && open == 0) {
        open = axis;
      } else if (wanted[axis] > 0) {
        known = Math.multiplyExact(known, wanted[axis]);
      } else {
        throw new IllegalArgumentException("to sides " + Arrays.toString(wanted));
      }
    }
    if (perPicture < 1 || perPicture % known != 0) {
      throw new IllegalArgumentException(
          perPicture + " numbers per picture to sides " + Arrays.toString(wanted));
    }
    if (open > 0) {
      wanted[open] = perPicture / known;
    }
  }

  private static long perPicture(Activation x) {
    long count = 1;
    for (int axis = 1; axis < x.rank(); axis++) {
      count *= x.side(axis);
    }
    return count;
  }

  private Value flatten(OnnxNode node) {
    Activation x = node.activation(0);
    if (Axes.fromFront(node.number("axis", 1), x.rank()) != 1) {
      throw new IllegalArgumentException("an axis other than 1");
    }
    long perPicture = perPicture(x);
    if (perPicture < 1) {
      throw new IllegalArgumentException("pictures of unknown size");
    }
    return new Activation(
        tf.reshape(placing.plain(x), tf.constant(new long[] {-1, perPicture})), false);
  }

  private Value transpose(OnnxNode node) {
    Activation x = node.activation(0);
    long[] order = node.longs("perm");
    if (order == null) {
      order = new long[x.rank()];
      for (int i = 0; i < order.length; i++) {
        order[i] = order.length - 1L - i;
      }
    }
    // From one order of the axes to the other: the numbers stay where they are.
    if (x.channelsLast() && Arrays.equals(order, new long[] {0, 2, 3, 1})) {
      return new Activation(x.operand(), false);
    }
    if (!x.channelsLast() && Arrays.equals(order, new long[] {0, 3, 1, 2})) {
      return new Activation(x.operand(), true);
    }
    return new Activation(tf.linalg.transpose(placing.plain(x), tf.constant(order)), false);
  }

  private Value squeeze(OnnxNode node) {
    long[] axes = node.numbersOrAttribute(1, "axes");
    if (node.input(0) instanceof Numbers numbers) {
      return new Numbers(numbers.values(), numbers.values().length == 1);
    }
    Activation x = node.activation(0);
    if (axes == null) {
      throw new IllegalArgumentException("no axes");
    }
    TreeSet<Long> chosen = new TreeSet<>();
    for (long axis : axes) {
      chosen.add((long) Axes.fromFront(axis, x.rank()));
    }
    return new Activation(tf.squeeze(placing.plain(x), Squeeze.axis(List.copyOf(chosen))), false);
  }

  private Value unsqueeze(OnnxNode node) {
    long[] axes = node.numbersOrAttribute(1, "axes");
    if (node.input(0) instanceof Numbers numbers) {
      return new Numbers(numbers.values(), false);
    }
    Activation x = node.activation(0);
    if (axes == null) {
      throw new IllegalArgumentException("no axes");
    }
    TreeSet<Integer> chosen = new TreeSet<>();
    for (long axis : axes) {
      chosen.add(Axes.fromFront(axis, x.rank() + axes.length));
    }
    Operand<TFloat32> y = placing.plain(x);
    for (int axis : chosen) {
      y = tf.expandDims(y, tf.constant(axis));
    }
    return new Activation(y, false);
  }

  private Value concat(OnnxNode node) {
    List<Value> parts = new ArrayList<>();
    @Nullable Activation picture = null;
    boolean numbersOnly = true;
    for (int i = 0; i < node.inputs(); i++) {
      parts.add(node.input(i));
      numbersOnly &= node.input(i) instanceof Numbers;
      if (node.input(i) instanceof Activation activation && activation.channelsLast()) {
        picture = activation;
      }
    }
    long axis = node.required("axis").getI();
    if (numbersOnly) {
      long[] all =
          parts.stream().flatMapToLong(part -> Arrays.stream(((Numbers) part).values())).toArray();
      return new Numbers(all, false);
    }
    if (picture != null) {
      int at = Axes.channelsLast(Axes.fromFront(axis, 4));
      return new Activation(
          tf.concat(
              parts.stream().map(part -> placing.channelsLast(part).operand()).toList(),
              tf.constant(at)),
          true);
    }
    return new Activation(
        tf.concat(
            parts.stream().map(placing::plain).toList(),
            tf.constant(Axes.fromFront(axis, node.activation(0).rank()))),
        false);
  }

  private Value expand(OnnxNode node) {
    Operand<TFloat32> x = placing.plain(node.activation(0));
    long[] wanted = node.numbers(1);
    List<Operand<TInt64>> sides = new ArrayList<>();
    for (long side : wanted) {
      sides.add(
          side == Value.BATCH
              ? tf.slice(
                  tf.shape(x, TInt64.class), tf.constant(new int[] {0}), tf.constant(new int[] {1}))
              : tf.constant(new long[] {side}));
    }
    return new Activation(tf.broadcastTo(x, tf.concat(sides, tf.constant(0))), false);
  }
}
