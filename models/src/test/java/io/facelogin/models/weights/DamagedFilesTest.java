package io.facelogin.models.weights;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Damage must end in tensors or in a message, whatever it hits. */
class DamagedFilesTest {

  record Damage(String format, byte[] file) {}

  @Property(tries = 3000)
  void damagedFileGivesTensorsOrMessage(@ForAll("damaged") Damage damage) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          try {
            WeightFormats.read("damaged." + damage.format(), damage.file());
          } catch (UnusableWeightsException e) {
            // As it should be; any other exception fails the property.
          }
        });
  }

  @Provide
  Arbitrary<Damage> damaged() {
    return Arbitraries.of(wholeFiles())
        .flatMap(
            whole ->
                Arbitraries.longs()
                    .map(seed -> new Damage(whole.format(), damage(whole.file(), seed))));
  }

  private static byte[] damage(byte[] whole, long seed) {
    Random random = new Random(seed);
    byte[] file = whole.clone();
    int hits = 1 + random.nextInt(4);
    for (int i = 0; i < hits; i++) {
      int at = random.nextInt(file.length);
      switch (random.nextInt(4)) {
        case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> file[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(file, at, Math.min(file.length, at + 4), (byte) 0xFF);
        default -> file = Arrays.copyOf(file, 1 + at);
      }
    }
    return file;
  }

  private static List<Damage> wholeFiles() {
    try {
      return List.of(
          new Damage("safetensors", MadeFiles.safetensors()),
          new Damage("pt", MadeFiles.pyTorchZip()),
          new Damage("npz", MadeFiles.npz()),
          new Damage("npy", MadeFiles.npy("<f4", "False", "2,", MadeFiles.floats(1, 2))),
          new Damage("tflite", MadeFiles.tfLite()),
          new Damage("pb", frozenGraph()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] frozenGraph() {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(3)))
            .addFloatVal(1)
            .build();
    return GraphDef.newBuilder()
        .addNode(
            NodeDef.newBuilder()
                .setName("w")
                .setOp("Const")
                .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build()))
        .build()
        .toByteArray();
  }
}
