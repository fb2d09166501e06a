package io.facelogin.models.onnx;

import io.facelogin.models.onnx.Value.Activation;
import io.facelogin.models.onnx.Value.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TFloat32;

/** Operators that take a part of a value or put something around it. */
final class Cutting {

  private final Ops tf;
  private final Placing placing;

  Cutting(Ops tf) {
    this.tf = tf;
    this.placing = new Placing(tf);
  }

  Map<String, Operator> operators() {
    return Map.of(
        "Gather", Operator.of(this::gather),
        "Slice", Operator.of(this::slice),
        "Split", this::split,
        "Pad", Operator.of(this::pad));
  }

  private Value gather(OnnxNode node) {
    long[] chosen = node.numbers(1);
    boolean single = node.input(1) instanceof Numbers numbers && numbers.scalar();
    if (node.input(0) instanceof Numbers numbers) {
      long[] values = new long[chosen.length];
      for (int i = 0; i < chosen.length; i++) {
        values[i] = numbers.values()[Axes.fromFront(chosen[i], numbers.values().length)];
      }
      return new Numbers(values, single);
    }
    Activation x = node.activation(0);
    int axis = Axes.fromFront(node.number("axis", 0), x.rank());
    Operand<TFloat32> plain = placing.plain(x);
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = Axes.fromFront(chosen[i], Math.toIntExact(x.side(axis)));
    }
    return new Activation(
        single
            ? tf.gather(plain, tf.constant(chosen[0]), tf.constant(axis))
            : tf.gather(plain, tf.constant(chosen), tf.constant(axis)),
        false);
  }

  private Value slice(OnnxNode node) {
    long[] starts = required(node.numbersOrAttribute(1, "starts"));
    long[] ends = required(node.numbersOrAttribute(2, "ends"));
    long[] axes = node.numbersOrAttribute(3, "axes");
    long[] steps = node.has(4) ? node.numbers(4) : filled(starts.length, 1);
    if (axes == null) {
      axes = new long[starts.length];
      Arrays.setAll(axes, i -> i);
    }
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw new IllegalArgumentException("starts, ends, axes and steps of different lengths");
    }
    for (long step : steps) {
      if (step < 1) {
        throw new IllegalArgumentException("a step of " + step);
      }
    }
    if (node.input(0) instanceof Numbers numbers) {
      return sliceOf(numbers, starts[0], ends[0], steps[0]);
    }
    Activation x = node.activation(0);
    int rank = x.rank();
    long[] from = new long[rank];
    long[] to = new long[rank];
    long[] by = filled(rank, 1);
    long whole = (1L << rank) - 1;
    for (int i = 0; i < axes.length; i++) {
      int onnxAxis = Axes.fromFront(axes[i], rank);
      int axis = x.channelsLast() ? Axes.channelsLast(onnxAxis) : onnxAxis;
      long side = x.side(onnxAxis);
      if (side < 0) {
        throw new IllegalArgumentException("a part of an axis of unknown length");
      }
      from[axis] = within(starts[i], side);
      to[axis] = within(ends[i], side);
      by[axis] = steps[i];
      whole &= ~(1L << axis);
    }
    return new Activation(
        tf.stridedSlice(
            x.operand(),
            tf.constant(from),
            tf.constant(to),
            tf.constant(by),
            StridedSlice.beginMask(whole),
            StridedSlice.endMask(whole)),
        x.channelsLast());
  }

  private static Value sliceOf(Numbers numbers, long start, long end, long step) {
    int length = numbers.values().length;
    List<Long> kept = new ArrayList<>();
    for (long i = within(start, length); i < within(end, length); i += step) {
      kept.add(numbers.values()[(int) i]);
    }
    return new Numbers(kept.stream().mapToLong(Long::longValue).toArray(), false);
  }

  private static long within(long index, long side) {
    return Math.max(0, Math.min(side, index < 0 ? index + side : index));
  }

  private List<Value> split(OnnxNode node) {
    Activation x = node.activation(0);
    int onnxAxis = Axes.fromFront(node.number("axis", 0), x.rank());
    int axis = x.channelsLast() ? Axes.channelsLast(onnxAxis) : onnxAxis;
    long side = x.side(onnxAxis);
    long[] parts = node.numbersOrAttribute(1, "split");
    if (parts == null) {
      if (node.outputs() < 1 || side % node.outputs() != 0) {
        throw new IllegalArgumentException(side + " into " + node.outputs() + " equal parts");
      }
      parts = filled(node.outputs(), side / node.outputs());
    }
    List<Value> values = new ArrayList<>();
    long start = 0;
    for (long part : parts) {
      long[] from = new long[x.rank()];
      long[] length = filled(x.rank(), -1);
      from[axis] = start;
      length[axis] = part;
      values.add(
          new Activation(
              tf.slice(x.operand(), tf.constant(from), tf.constant(length)), x.channelsLast()));
      start += part;
    }
    return values;
  }

  private Value pad(OnnxNode node) {
    Activation x = node.activation(0);
    long[] pads = required(node.numbersOrAttribute(1, "pads"));
    if (!node.text("mode", "constant").equals("constant") || node.has(3)) {
      throw new IllegalArgumentException("padding other than by a constant on all axes");
    }
    int rank = x.rank();
    if (pads.length != 2 * rank) {
      throw new IllegalArgumentException(pads.length + " paddings for " + rank + " axes");
    }
    float value = node.has(2) ? node.constant(2).values()[0] : node.real("value", 0);
    long[][] around = new long[rank][2];
    for (int onnxAxis = 0; onnxAxis < rank; onnxAxis++) {
      int axis = x.channelsLast() ? Axes.channelsLast(onnxAxis) : onnxAxis;
      around[axis][0] = notNegative(pads[onnxAxis]);
      around[axis][1] = notNegative(pads[rank + onnxAxis]);
    }
    return new Activation(
        tf.pad(x.operand(), tf.constant(around), tf.constant(value)), x.channelsLast());
  }

  private static long notNegative(long padding) {
    if (padding < 0 || padding > 1 << 16) {
      throw new IllegalArgumentException("a padding of " + padding);
    }
    return padding;
  }

  private static long[] required(long @Nullable [] numbers) {
    if (numbers == null || numbers.length == 0) {
      throw new IllegalArgumentException("its numbers are missing");
    }
    return numbers;
  }

  private static long[] filled(int length, long value) {
    long[] values = new long[length];
    Arrays.fill(values, value);
    return values;
  }
}
