package io.facelogin.models.weights;

import io.facelogin.models.weights.Pickle.Name;
import io.facelogin.models.weights.Pickle.Tuple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * NumPy's .npy files: one plain array, or one pickled dictionary of layers with a dictionary of
 * arrays each, as davidsandberg/facenet keeps MTCNN. Layer {@code conv1} with {@code weights}
 * becomes {@code conv1/weights}.
 */
public final class NumpyPickle {

  private static final Set<String> ALLOWED =
      Set.of(
          "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray._reconstruct",
          "numpy.ndarray",
          "numpy.dtype",
          "_codecs.encode");

  private NumpyPickle() {}

  /**
   * @param origin name of the file, for messages
   */
  public static Weights read(String origin, byte[] file) throws UnusableWeightsException {
    if (!NumpyArray.looksLikeOne(file)) {
      throw new UnusableWeightsException(origin + " is no NumPy file");
    }
    ByteCursor in = new ByteCursor(origin, file);
    NumpyArray.Header header = NumpyArray.header(in);
    if (!header.type().endsWith("O")) {
      return new Weights(origin, List.of(NumpyArray.read(origin, new ByteCursor(origin, file))));
    }
    Object content = Pickle.read(in, new ArrayFunctions(origin));
    if (content instanceof Array array && array.content instanceof List<?> items) {
      content = items.size() == 1 ? items.get(0) : items;
    }
    if (!(content instanceof Map<?, ?> layers)) {
      throw new UnusableWeightsException(origin + " holds no dictionary of layers");
    }
    List<NamedTensor> tensors = new ArrayList<>();
    collect(origin, "", layers, tensors, 0);
    return Weights.of(origin, tensors);
  }

  private static void collect(
      String origin, String prefix, Map<?, ?> layers, List<NamedTensor> tensors, int depth)
      throws UnusableWeightsException {
    if (depth > 4) {
      throw new UnusableWeightsException(origin + " has dictionaries too deep in each other");
    }
    for (Map.Entry<?, ?> entry : layers.entrySet()) {
      String name = prefix + entry.getKey();
      if (entry.getValue() instanceof Map<?, ?> inner) {
        collect(origin, name + "/", inner, tensors, depth + 1);
      } else if (entry.getValue() instanceof Array array) {
        tensors.add(array.tensor(origin, name));
      } else {
        throw new UnusableWeightsException(origin + ": " + name + " is no array");
      }
    }
  }

  /** An array while its state is read: the pickle makes it empty and fills it afterwards. */
  private static final class Array {
    int[] shape = new int[0];
    String type = "O";
    boolean fortranOrder;
    Object content = List.of();

    NamedTensor tensor(String origin, String name) throws UnusableWeightsException {
      if (!(content instanceof String raw)) {
        throw new UnusableWeightsException(origin + ": " + name + " is no array of numbers");
      }
      ByteBuffer data = ByteBuffer.wrap(raw.getBytes(StandardCharsets.ISO_8859_1));
      return NumpyArray.tensor(origin, name, type, fortranOrder, shape, data);
    }
  }

  private static final class Type {
    final String code;
    String order = "<";

    Type(String code) {
      this.code = code;
    }
  }

  private record ArrayFunctions(String origin) implements Pickle.Functions {

    @Override
    public boolean allows(String name) {
      return ALLOWED.contains(name);
    }

    @Override
    public Object call(String name, List<Object> arguments) throws UnusableWeightsException {
      if (name.endsWith("._reconstruct") && arguments.size() == 3) {
        return new Array();
      }
      if (name.equals("numpy.dtype")
          && !arguments.isEmpty()
          && arguments.get(0) instanceof String code) {
        return new Type(code);
      }
      // Python 3 writes bytes as text and a call that turns it back.
      if (name.equals("_codecs.encode")
          && arguments.size() == 2
          && arguments.get(0) instanceof String text
          && "latin1".equals(arguments.get(1))) {
        return text;
      }
      throw new UnusableWeightsException(origin + " calls " + name + " in a way we do not know");
    }

    @Override
    public void setState(Object object, Object state) throws UnusableWeightsException {
      if (state instanceof Tuple tuple) {
        List<Object> items = tuple.items();
        if (object instanceof Type type
            && items.size() >= 2
            && items.get(1) instanceof String order) {
          type.order = order;
          return;
        }
        if (object instanceof Array array
            && items.size() == 5
            && items.get(1) instanceof Tuple shape
            && items.get(2) instanceof Type type) {
          array.shape = shape(shape);
          array.type = type.order + type.code;
          array.fortranOrder = items.get(3).equals(true) || items.get(3).equals(1L);
          array.content = items.get(4);
          return;
        }
      }
      throw new UnusableWeightsException(
          origin + " has an array described in a way we do not know");
    }

    private int[] shape(Tuple tuple) throws UnusableWeightsException {
      List<Long> sides = new ArrayList<>();
      for (Object side : tuple.items()) {
        if (!(side instanceof Long number)) {
          throw new UnusableWeightsException(
              origin + " has an array with a side that is no number");
        }
        sides.add(number);
      }
      return Shapes.of(origin, sides);
    }

    @Override
    public Object persistent(Object id) throws UnusableWeightsException {
      throw new UnusableWeightsException(
          origin + " refers to data outside of itself" + (id instanceof Name n ? ": " + n : ""));
    }
  }
}
