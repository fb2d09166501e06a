package io.facelogin.models.network;

import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * A graph with one input and one output, ready to run. Owns graph and session in native memory
 * until closed; any number of threads may run it.
 *
 * <p>Threads: the first session of a process fixes TensorFlow's thread pool for all, so every
 * session of ours asks for the same: one compute thread per processor, and operations dispatched by
 * the calling thread, so that detector and encoder do not queue behind each other.
 */
public final class NetworkSession implements AutoCloseable {

  private final Graph graph;
  private final Session session;

  /**
   * @param graph becomes this session's; its placeholder is named {@link NetworkBuilder#INPUT}, its
   *     result {@link NetworkBuilder#OUTPUT}
   */
  public NetworkSession(Graph graph) {
    this.graph = graph;
    this.session = openSession(graph);
  }

  static Session openSession(Graph graph) {
    return new Session(
        graph,
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(Runtime.getRuntime().availableProcessors())
            .setInterOpParallelismThreads(-1)
            .build());
  }

  /**
   * @param bytes the input, row by row; at least as many as the shape wants, the rest is ignored
   * @return the output, row by row
   */
  public float[] run(byte[] bytes, long... shape) {
    Shape of = Shape.of(shape);
    try (TUint8 input =
        TUint8.tensorOf(
            of,
            tensor -> tensor.asRawTensor().data().write(bytes, 0, Math.toIntExact(of.size())))) {
      return run(input);
    }
  }

  /**
   * @param floats the input, row by row; at least as many as the shape wants, the rest is ignored
   */
  public float[] run(float[] floats, long... shape) {
    Shape of = Shape.of(shape);
    Consumer<TFloat32> fill =
        tensor ->
            tensor.asRawTensor().data().asFloats().write(floats, 0, Math.toIntExact(of.size()));
    try (TFloat32 input = TFloat32.tensorOf(of, fill)) {
      return run(input);
    }
  }

  private float[] run(Tensor input) {
    // Closing the result closes its tensors; nothing else frees them.
    try (Result result =
        session.runner().feed(NetworkBuilder.INPUT, input).fetch(NetworkBuilder.OUTPUT).run()) {
      return values(result.get(0));
    }
  }

  private static float[] values(Tensor output) {
    float[] values = new float[Math.toIntExact(output.shape().size())];
    FloatDataBuffer buffer = output.asRawTensor().data().asFloats();
    buffer.read(values);
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
