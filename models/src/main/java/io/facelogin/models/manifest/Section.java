package io.facelogin.models.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the YAML file while it is read. Collects faults instead of throwing at the first,
 * and names every key that nobody asked for.
 */
final class Section {

  private final String path;
  private final Map<?, ?> values;
  private final List<String> faults;
  private final TreeSet<String> asked = new TreeSet<>();

  Section(String path, Map<?, ?> values, List<String> faults) {
    this.path = path;
    this.values = values;
    this.faults = faults;
  }

  /** Call it when all keys were asked for. */
  void refuseUnknown() {
    for (Object key : values.keySet()) {
      if (!asked.contains(String.valueOf(key))) {
        faults.add("unknown key " + path + key + "; known here: " + String.join(", ", asked));
      }
    }
  }

  Optional<String> text(String key) {
    Object value = get(key);
    if (value == null) {
      return Optional.empty();
    }
    String text = String.valueOf(value).strip();
    if (value instanceof Map || value instanceof List || text.isEmpty()) {
      fault(key, "must be text", value);
      return Optional.empty();
    }
    return Optional.of(text);
  }

  String requiredText(String key) {
    return text(key).orElseGet(() -> missing(key, ""));
  }

  <E extends Enum<E>> E requiredChoice(String key, Class<E> choices) {
    E[] all = choices.getEnumConstants();
    String text = requiredText(key);
    List<String> known = new ArrayList<>();
    for (E choice : all) {
      String word = choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (word.equals(text.toLowerCase(Locale.ROOT))) {
        return choice;
      }
      known.add(word);
    }
    if (!text.isEmpty()) {
      fault(key, "must be one of " + String.join(", ", known), text);
    }
    return all[0];
  }

  boolean requiredFlag(String key) {
    Object value = get(key);
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value == null) {
      return missing(key, false);
    }
    fault(key, "must be true or false", value);
    return false;
  }

  OptionalInt positive(String key) {
    OptionalLong value = positiveLong(key);
    return value.isPresent() && value.getAsLong() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) value.getAsLong())
        : OptionalInt.empty();
  }

  OptionalLong positiveLong(String key) {
    Object value = get(key);
    if (value == null) {
      return OptionalLong.empty();
    }
    if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() > 0) {
      return OptionalLong.of(((Number) value).longValue());
    }
    fault(key, "must be a whole number above 0", value);
    return OptionalLong.empty();
  }

  long requiredPositive(String key) {
    if (!values.containsKey(key)) {
      return missing(key, 1L);
    }
    return positiveLong(key).orElse(1);
  }

  /** A number within limits. */
  OptionalDouble number(String key, double least, double most) {
    Object value = get(key);
    if (value == null) {
      return OptionalDouble.empty();
    }
    OptionalDouble number = asNumber(value);
    if (number.isPresent() && number.getAsDouble() >= least && number.getAsDouble() <= most) {
      return number;
    }
    fault(key, "must be a number from " + least + " to " + most, value);
    return OptionalDouble.empty();
  }

  double requiredNumber(String key, double least, double most) {
    if (!values.containsKey(key)) {
      return missing(key, least);
    }
    return number(key, least, most).orElse(least);
  }

  /** One number or a list of three. */
  List<Float> channelNumbers(String key) {
    Object value = get(key);
    List<?> list =
        value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
    List<Float> numbers = new ArrayList<>();
    for (Object element : list) {
      asNumber(element).ifPresent(number -> numbers.add((float) number));
    }
    if (numbers.size() != list.size() || (numbers.size() != 1 && numbers.size() != 3)) {
      fault(key, "must be one number or a list of three", value);
    }
    return List.copyOf(numbers);
  }

  List<String> texts(String key) {
    Object value = get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      fault(key, "must be a list", value);
      return List.of();
    }
    return list.stream().map(String::valueOf).toList();
  }

  Optional<Section> section(String key) {
    Object value = get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Map<?, ?> map) {
      return Optional.of(new Section(path + key + ".", map, faults));
    }
    fault(key, "must have keys of its own", value);
    return Optional.empty();
  }

  Section requiredSection(String key) {
    return section(key)
        .orElseGet(() -> missing(key, new Section(path + key + ".", Map.of(), new ArrayList<>())));
  }

  List<Section> sections(String key) {
    Object value = get(key);
    List<Section> sections = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Map<?, ?> map) {
          sections.add(new Section(path + key + "[" + i + "].", map, faults));
        } else {
          fault(key + "[" + i + "]", "must have keys of its own", list.get(i));
        }
      }
    } else if (value != null) {
      fault(key, "must be a list", value);
    }
    return sections;
  }

  void fault(String key, String rule, @Nullable Object found) {
    faults.add(path + key + " " + rule + ", found " + found);
  }

  private @Nullable Object get(String key) {
    asked.add(key);
    return values.get(key);
  }

  private <T> T missing(String key, T standIn) {
    asked.add(key);
    if (!values.containsKey(key)) {
      faults.add(path + key + " is missing");
    }
    return standIn;
  }

  /** YAML 1.1 takes 1e-3 for text, so text that is a number counts as one. */
  private static OptionalDouble asNumber(@Nullable Object value) {
    if (value instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    if (value instanceof String text) {
      try {
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
      } catch (NumberFormatException e) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.empty();
  }
}
