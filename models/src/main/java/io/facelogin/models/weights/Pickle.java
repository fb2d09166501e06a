package io.facelogin.models.weights;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python's pickle format without ever running anything. A pickle is a program for a small
 * machine; the dangerous part of that machine is that it calls any function by name. This one knows
 * a closed set of instructions and asks {@link Functions} for the few harmless functions that
 * weight files use. Everything else is refused by name.
 *
 * <p>Values: Long, Double, Boolean, String (raw bytes come as Latin-1 text), List, Map, {@link
 * Tuple}, {@link Name}, {@link None}, and whatever the functions return.
 */
final class Pickle {

  /** What Python calls None. */
  enum None {
    NONE
  }

  record Tuple(List<Object> items) {}

  /** A function or class, mentioned but not called. */
  record Name(String value) {}

  /** The functions that a kind of file may call. */
  interface Functions {

    /** Whether a file may mention this function or class at all. */
    boolean allows(String name);

    Object call(String name, List<Object> arguments) throws UnusableWeightsException;

    /** Gives an object its state, as Python's __setstate__. */
    void setState(Object object, Object state) throws UnusableWeightsException;

    /** Resolves a reference to data that lies outside of the pickle. */
    Object persistent(Object id) throws UnusableWeightsException;
  }

  /** A state dict of a thousand tensors takes about 60,000 steps. */
  private static final int MAX_STEPS = 2_000_000;

  private final ByteCursor in;
  private final Functions functions;
  private final Map<Integer, Object> memo = new HashMap<>();
  private final ArrayDeque<ArrayList<Object>> outer = new ArrayDeque<>();
  private ArrayList<Object> stack = new ArrayList<>();

  private Pickle(ByteCursor in, Functions functions) {
    this.in = in;
    this.functions = functions;
  }

  /** Reads one pickle; the cursor stands behind it afterwards. */
  static Object read(ByteCursor in, Functions functions) throws UnusableWeightsException {
    return new Pickle(in, functions).run();
  }

  private Object run() throws UnusableWeightsException {
    for (int step = 0; step < MAX_STEPS; step++) {
      int code = in.unsignedByte();
      if (code == '.') {
        return pop();
      }
      if (!constant(code) && !container(code) && !reference(code)) {
        throw broken("instruction 0x%02x, which weight files do not need".formatted(code));
      }
    }
    throw broken("more than " + MAX_STEPS + " instructions");
  }

  private boolean constant(int code) throws UnusableWeightsException {
    switch (code) {
      case 0x80 -> protocol(in.unsignedByte());
      case 0x95 -> in.int64(); // a frame's length: only a hint for streaming
      case 'N' -> stack.add(None.NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) in.unsignedByte());
      case 'M' -> stack.add((long) in.unsignedShort());
      case 'J' -> stack.add((long) in.int32());
      case 0x8a -> stack.add(longOf(in.bytes(in.unsignedByte())));
      case 'G' -> stack.add(in.bigEndianDouble());
      case 'U', 'C' -> stack.add(in.text(in.unsignedByte(), StandardCharsets.ISO_8859_1));
      case 'T', 'B' -> stack.add(in.text(in.int32(), StandardCharsets.ISO_8859_1));
      case 0x8c -> stack.add(in.text(in.unsignedByte(), StandardCharsets.UTF_8));
      case 'X' -> stack.add(in.text(in.int32(), StandardCharsets.UTF_8));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int code) throws UnusableWeightsException {
    switch (code) {
      case '(' -> {
        outer.push(stack);
        stack = new ArrayList<>();
      }
      case ')' -> stack.add(new Tuple(List.of()));
      case 0x85 -> stack.add(new Tuple(popped(1)));
      case 0x86 -> stack.add(new Tuple(popped(2)));
      case 0x87 -> stack.add(new Tuple(popped(3)));
      case 't' -> {
        List<Object> items = toMark();
        stack.add(new Tuple(items));
      }
      case ']' -> stack.add(new ArrayList<>());
      case 'l' -> {
        List<Object> items = toMark();
        stack.add(items);
      }
      case 'a' -> {
        Object item = pop();
        list().add(item);
      }
      case 'e' -> {
        List<Object> items = toMark();
        list().addAll(items);
      }
      case '}' -> stack.add(new LinkedHashMap<>());
      case 'd' -> {
        List<Object> items = toMark();
        stack.add(new LinkedHashMap<>());
        putAll(items);
      }
      case 's' -> putAll(popped(2));
      case 'u' -> {
        List<Object> items = toMark();
        putAll(items);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean reference(int code) throws UnusableWeightsException {
    switch (code) {
      case '0' -> pop();
      case '1' -> toMark();
      case '2' -> stack.add(top());
      case 'q' -> memo.put(in.unsignedByte(), top());
      case 'r' -> memo.put(in.int32(), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'h' -> stack.add(remembered(in.unsignedByte()));
      case 'j' -> stack.add(remembered(in.int32()));
      case 'c' -> stack.add(name(in.line(), in.line()));
      case 0x93 -> {
        List<Object> parts = popped(2);
        stack.add(name(text(parts.get(0)), text(parts.get(1))));
      }
      case 'R' -> {
        List<Object> parts = popped(2);
        if (!(parts.get(0) instanceof Name function)
            || !(parts.get(1) instanceof Tuple arguments)) {
          throw broken("a call of something that is no function");
        }
        stack.add(functions.call(function.value(), arguments.items()));
      }
      case 'b' -> {
        Object state = pop();
        functions.setState(top(), state);
      }
      case 'Q' -> stack.add(functions.persistent(pop()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void protocol(int version) throws UnusableWeightsException {
    if (version < 2 || version > 5) {
      throw broken("protocol " + version + "; 2 to 5 are read");
    }
  }

  private Name name(String module, String name) throws UnusableWeightsException {
    String full = module + "." + name;
    if (!functions.allows(full)) {
      throw new UnusableWeightsException(
          "%s wants to call %s. Only what plain tensors need is allowed; nothing was run"
              .formatted(in.origin(), full.length() > 200 ? full.substring(0, 200) : full));
    }
    return new Name(full);
  }

  private long longOf(byte[] littleEndian) throws UnusableWeightsException {
    // The magic number of PyTorch has ten bytes; the lower eight are enough to know it.
    if (littleEndian.length > 16) {
      throw broken("a whole number of " + littleEndian.length + " bytes");
    }
    long value = littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0 ? -1 : 0;
    for (int i = Math.min(8, littleEndian.length) - 1; i >= 0; i--) {
      value = value << 8 | (littleEndian[i] & 0xFF);
    }
    return value;
  }

  private void putAll(List<Object> keysAndValues) throws UnusableWeightsException {
    if (!(top() instanceof Map<?, ?> map) || keysAndValues.size() % 2 != 0) {
      throw broken("an entry put into something that is no dictionary");
    }
    @SuppressWarnings("unchecked") // every map on the stack was made here or by the functions
    Map<Object, Object> entries = (Map<Object, Object>) map;
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      Object key = keysAndValues.get(i);
      // Keys that could contain themselves would make their own hash code endless.
      if (!(key instanceof String) && !(key instanceof Long)) {
        throw broken("a dictionary key that is neither text nor a number");
      }
      entries.put(key, keysAndValues.get(i + 1));
    }
  }

  @SuppressWarnings("unchecked") // every list on the stack was made here
  private List<Object> list() throws UnusableWeightsException {
    if (!(top() instanceof ArrayList<?> list)) {
      throw broken("an item put into something that is no list");
    }
    return (List<Object>) list;
  }

  private Object remembered(int index) throws UnusableWeightsException {
    Object value = memo.get(index);
    if (value == null) {
      throw broken("a reference to value " + index + ", which it never made");
    }
    return value;
  }

  private List<Object> toMark() throws UnusableWeightsException {
    if (outer.isEmpty()) {
      throw broken("the end of a group that never began");
    }
    List<Object> items = stack;
    stack = outer.pop();
    return items;
  }

  private List<Object> popped(int count) throws UnusableWeightsException {
    if (stack.size() < count) {
      throw broken("an instruction without its operands");
    }
    List<Object> tail = stack.subList(stack.size() - count, stack.size());
    List<Object> items = new ArrayList<>(tail);
    tail.clear();
    return items;
  }

  private Object pop() throws UnusableWeightsException {
    return popped(1).get(0);
  }

  private Object top() throws UnusableWeightsException {
    if (stack.isEmpty()) {
      throw broken("an instruction without its operand");
    }
    return stack.get(stack.size() - 1);
  }

  private String text(Object value) throws UnusableWeightsException {
    if (value instanceof String text) {
      return text;
    }
    throw broken("a name that is no text");
  }

  private UnusableWeightsException broken(String what) {
    return new UnusableWeightsException(
        "%s is altered or no weight file: before byte %d it has %s"
            .formatted(in.origin(), in.position(), what));
  }
}
