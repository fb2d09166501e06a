package io.facelogin.infra.benchmark.encode;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.weights.UnusableWeightsException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * ONNX Runtime with the weights of one of our encoders: what somebody on the JVM would use instead.
 * Owns native memory until closed; any number of threads may run it.
 */
final class OnnxPeer implements AutoCloseable {

  /**
   * ONNX Runtime 1.29 copies the command line of the process to the stack while it starts, and
   * crashes the process where that is longer than the stack has room, as ours with its class path.
   */
  private static final long STACK_BYTES = 16 << 20;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;

  private OnnxPeer(byte[] model) throws OrtException {
    environment = environment();
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      session = environment.createSession(model, options);
    }
    input = session.getInputNames().iterator().next();
  }

  private static OrtEnvironment environment() {
    var starter =
        new Thread(null, OrtEnvironment::getEnvironment, "onnx-runtime-start", STACK_BYTES);
    starter.start();
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OrtEnvironment.getEnvironment();
  }

  /**
   * @return absent for architectures that are written nowhere as ONNX
   */
  static Optional<OnnxPeer> of(ModelStore store, String name)
      throws UnusableManifestException, UnusableWeightsException {
    Manifest manifest = store.manifest(name);
    try {
      return switch (manifest.architecture()) {
        case MOBILEFACENET, MOBILEFACENET_RELU6 ->
            Optional.of(new OnnxPeer(MobileFaceNetOnnx.of(store.weights(name))));
        case ONNX -> Optional.of(new OnnxPeer(anyNumberOfFaces(store.onlyFile(name))));
        case MTCNN, INCEPTION_RESNET_V1, EDGEFACE_XS, MINIFASNET -> Optional.empty();
      };
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not take " + name, e);
    }
  }

  /** Exports often fix their input to one picture, for no need. */
  private static byte[] anyNumberOfFaces(byte[] file) throws UnusableWeightsException {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(file).toBuilder();
      model
          .getGraphBuilder()
          .getInputBuilder(0)
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .getShapeBuilder()
          .getDimBuilder(0)
          .setDimParam("faces");
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new UnusableWeightsException("No ONNX file: " + e.getMessage(), e);
    }
  }

  /**
   * @param values [face, channel, row, column], ready for the network: making them is not counted
   * @return as many numbers as the network gave for all faces
   */
  float[] run(FloatBuffer values, int faces, int sidePx) {
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, values, new long[] {faces, 3, sidePx, sidePx});
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] numbers = new float[output.remaining()];
      output.get(numbers);
      return numbers;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed on " + faces + " faces", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime did not close its session", e);
    }
  }
}
