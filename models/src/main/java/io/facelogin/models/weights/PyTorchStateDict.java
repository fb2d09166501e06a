package io.facelogin.models.weights;

import io.facelogin.models.weights.Pickle.Name;
import io.facelogin.models.weights.Pickle.Tuple;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's state dict in both of its files: the zip archive (since 1.6) and the older row of
 * pickles with the numbers behind them. Names are PyTorch's own, without the "module." that its
 * data-parallel wrapper puts before them. A file that holds a whole module, which would run its
 * code, is refused.
 */
public final class PyTorchStateDict {

  /** The lower eight of the ten bytes 0x1950a86a20f9469cfc6c. */
  private static final long LEGACY_MAGIC = 0xa86a20f9469cfc6cL;

  private static final long LEGACY_PROTOCOL = 1001;

  private static final Map<String, ElementType> STORAGES =
      Map.of(
          "torch.FloatStorage", ElementType.FLOAT32,
          "torch.DoubleStorage", ElementType.FLOAT64,
          "torch.HalfStorage", ElementType.FLOAT16,
          "torch.BFloat16Storage", ElementType.BFLOAT16,
          "torch.LongStorage", ElementType.INT64,
          "torch.IntStorage", ElementType.INT32,
          "torch.ShortStorage", ElementType.INT16,
          "torch.CharStorage", ElementType.INT8,
          "torch.ByteStorage", ElementType.UINT8,
          "torch.BoolStorage", ElementType.BOOL);

  private static final Set<String> FUNCTIONS =
      Set.of(
          "collections.OrderedDict",
          "torch._utils._rebuild_tensor",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_parameter");

  private PyTorchStateDict() {}

  private record Storage(String key, ElementType type) {}

  private record View(Storage storage, long offset, List<Long> shape, List<Long> strides) {}

  static boolean looksLegacy(byte[] file) {
    return file.length > 16
        && (file[0] & 0xFF) == 0x80
        && (file[2] & 0xFF) == 0x8a
        && file[3] == 0x0a
        && (file[4] & 0xFF) == 0x6c;
  }

  /** The older form: magic number, protocol, machine, the dictionary, keys; then the numbers. */
  static Weights readLegacy(String origin, byte[] file) throws UnusableWeightsException {
    ByteCursor in = new ByteCursor(origin, file);
    TensorFunctions functions = new TensorFunctions(origin);
    if (!Pickle.read(in, functions).equals(LEGACY_MAGIC)
        || !Pickle.read(in, functions).equals(LEGACY_PROTOCOL)) {
      throw new UnusableWeightsException(origin + " is no PyTorch file that we read");
    }
    if (!(Pickle.read(in, functions) instanceof Map<?, ?> machine)
        || !Boolean.TRUE.equals(machine.get("little_endian"))) {
      throw new UnusableWeightsException(origin + " was not written on a little-endian machine");
    }
    Object content = Pickle.read(in, functions);
    if (!(Pickle.read(in, functions) instanceof List<?> keys)) {
      throw new UnusableWeightsException(origin + " lacks the list of its blocks of numbers");
    }
    Map<String, ByteBuffer> data = new HashMap<>();
    for (Object key : keys) {
      Storage storage = key instanceof String text ? functions.storages.get(text) : null;
      if (storage == null) {
        throw new UnusableWeightsException(origin + " has a block of numbers that no tensor uses");
      }
      long elements = in.int64();
      if (elements < 0 || elements > in.remaining()) {
        throw new UnusableWeightsException(
            "%s is truncated or altered: block %s announces %d numbers, %d bytes are left"
                .formatted(origin, storage.key(), elements, in.remaining()));
      }
      data.put(storage.key(), in.view(elements * storage.type().sizeBytes));
    }
    return weights(origin, content, data);
  }

  /** The newer form: an archive with data.pkl and one entry per block of numbers. */
  static Weights readZip(String origin, Map<String, byte[]> entries)
      throws UnusableWeightsException {
    String index =
        entries.keySet().stream()
            .filter(name -> name.equals("data.pkl") || name.endsWith("/data.pkl"))
            .findFirst()
            .orElseThrow(() -> new UnusableWeightsException(origin + " has no data.pkl"));
    String folder = index.substring(0, index.length() - "data.pkl".length());
    byte[] order = entries.get(folder + "byteorder");
    if (order != null && order.length > 0 && order[0] != 'l') {
      throw new UnusableWeightsException(origin + " was not written on a little-endian machine");
    }
    TensorFunctions functions = new TensorFunctions(origin);
    byte[] pickle = entries.getOrDefault(index, new byte[0]);
    Object content = Pickle.read(new ByteCursor(origin, pickle), functions);
    Map<String, ByteBuffer> data = new HashMap<>();
    for (String key : functions.storages.keySet()) {
      byte[] block = entries.get(folder + "data/" + key);
      if (block != null) {
        data.put(key, ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN));
      }
    }
    return weights(origin, content, data);
  }

  private static Weights weights(String origin, Object content, Map<String, ByteBuffer> data)
      throws UnusableWeightsException {
    if (!(content instanceof Map<?, ?> entries)) {
      throw new UnusableWeightsException(origin + " holds no dictionary of tensors");
    }
    // Checkpoints keep the state dict beside the state of the training.
    if (entries.get("state_dict") instanceof Map<?, ?> inner) {
      entries = inner;
    }
    Map<String, View> views = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      if (entry.getValue() instanceof View view) {
        views.put(String.valueOf(entry.getKey()), view);
      }
    }
    if (views.isEmpty()) {
      throw new UnusableWeightsException(origin + " holds no tensors");
    }
    boolean wrapped = views.keySet().stream().allMatch(name -> name.startsWith("module."));
    // Tensors may share a block, so what they take together is held against the blocks.
    long left = 0;
    for (ByteBuffer block : data.values()) {
      left += block.remaining();
    }
    left *= 2;
    List<NamedTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, View> entry : views.entrySet()) {
      String name = wrapped ? entry.getKey().substring("module.".length()) : entry.getKey();
      NamedTensor tensor = tensor(origin, name, entry.getValue(), data);
      left -= tensor.values().length;
      if (left < 0) {
        throw new UnusableWeightsException(origin + " has tensors that lie upon each other");
      }
      tensors.add(tensor);
    }
    return Weights.of(origin, tensors);
  }

  private static NamedTensor tensor(
      String origin, String name, View view, Map<String, ByteBuffer> data)
      throws UnusableWeightsException {
    String what = origin + ": tensor " + name;
    ByteBuffer block = data.get(view.storage().key());
    if (block == null) {
      throw new UnusableWeightsException(what + " has no numbers: its block is missing");
    }
    ElementType type = view.storage().type();
    int available = block.remaining() / type.sizeBytes;
    int[] shape = Shapes.of(what, view.shape());
    int count = Shapes.elements(what, shape, available);
    if (view.strides().size() != shape.length) {
      throw new UnusableWeightsException(what + " has another number of strides than of sides");
    }
    long last = view.offset();
    boolean contiguous = true;
    long expected = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      long stride = view.strides().get(axis);
      if (stride < 0 || stride > Integer.MAX_VALUE) {
        throw new UnusableWeightsException(what + " has a stride of " + stride);
      }
      contiguous &= shape[axis] == 1 || stride == expected;
      expected *= shape[axis];
      last += stride * Math.max(0, shape[axis] - 1L);
    }
    if (view.offset() < 0 || (count > 0 && (last < 0 || last >= available))) {
      throw new UnusableWeightsException(
          "%s lies outside of its block of %d numbers".formatted(what, available));
    }
    if (contiguous || count == 0) {
      int start = count == 0 ? 0 : (int) view.offset() * type.sizeBytes;
      ByteBuffer numbers = block.slice(start, count * type.sizeBytes).order(block.order());
      return new NamedTensor(name, shape, type.read(numbers));
    }
    return new NamedTensor(name, shape, gather(type, block, view, shape, count));
  }

  /** Numbers in another order than that of their axes, such as a transposed matrix. */
  private static float[] gather(
      ElementType type, ByteBuffer block, View view, int[] shape, int count) {
    float[] values = new float[count];
    int[] index = new int[shape.length];
    for (int i = 0; i < count; i++) {
      long at = view.offset();
      for (int axis = 0; axis < shape.length; axis++) {
        at += index[axis] * view.strides().get(axis);
      }
      values[i] = type.read(block, (int) at * type.sizeBytes);
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return values;
  }

  /** What a state dict may call: it builds dictionaries and says where tensors lie. */
  private static final class TensorFunctions implements Pickle.Functions {

    private final String origin;
    private final Map<String, Storage> storages = new HashMap<>();

    TensorFunctions(String origin) {
      this.origin = origin;
    }

    @Override
    public boolean allows(String name) {
      return FUNCTIONS.contains(name) || STORAGES.containsKey(name);
    }

    @Override
    public Object call(String name, List<Object> arguments) throws UnusableWeightsException {
      if (name.equals("collections.OrderedDict") && arguments.isEmpty()) {
        return new LinkedHashMap<>();
      }
      if (name.equals("torch._utils._rebuild_parameter")
          && !arguments.isEmpty()
          && arguments.get(0) instanceof View view) {
        return view;
      }
      if (name.startsWith("torch._utils._rebuild_tensor")
          && arguments.size() >= 4
          && arguments.get(0) instanceof Storage storage
          && arguments.get(1) instanceof Long offset) {
        return new View(storage, offset, longs(arguments.get(2)), longs(arguments.get(3)));
      }
      throw new UnusableWeightsException(origin + " calls " + name + " in a way we do not know");
    }

    private List<Long> longs(Object value) throws UnusableWeightsException {
      List<Long> numbers = new ArrayList<>();
      if (value instanceof Tuple tuple) {
        for (Object item : tuple.items()) {
          if (item instanceof Long number) {
            numbers.add(number);
          }
        }
        if (numbers.size() == tuple.items().size()) {
          return numbers;
        }
      }
      throw new UnusableWeightsException(origin + " has a tensor whose shape is no row of numbers");
    }

    /** Called for the attributes of a dictionary, which say nothing about its tensors. */
    @Override
    public void setState(Object object, Object state) throws UnusableWeightsException {
      if (!(object instanceof Map)) {
        throw new UnusableWeightsException(origin + " sets the state of something unknown");
      }
    }

    @Override
    public Object persistent(Object id) throws UnusableWeightsException {
      if (id instanceof Tuple tuple
          && tuple.items().size() >= 5
          && tuple.items().get(0).equals("storage")
          && tuple.items().get(1) instanceof Name kind
          && tuple.items().get(2) instanceof String key
          && (tuple.items().size() == 5 || tuple.items().get(5) == Pickle.None.NONE)) {
        @Nullable ElementType type = STORAGES.get(kind.value());
        if (type != null) {
          Storage storage = new Storage(key, type);
          storages.put(key, storage);
          return storage;
        }
      }
      throw new UnusableWeightsException(origin + " refers to numbers in a way we do not know");
    }
  }
}
