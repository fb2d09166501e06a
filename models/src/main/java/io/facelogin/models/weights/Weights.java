package io.facelogin.models.weights;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tensors of one network by name, whatever file format they came in. Immutable. */
public final class Weights {

  private final String origin;
  private final Map<String, NamedTensor> byName;

  /**
   * @param origin where they came from, for error messages
   */
  public Weights(String origin, Collection<NamedTensor> tensors) {
    this.origin = origin;
    this.byName =
        tensors.stream()
            .collect(Collectors.toUnmodifiableMap(NamedTensor::name, Function.identity()));
  }

  /**
   * For readers of foreign files.
   *
   * @throws UnusableWeightsException if two tensors have one name
   */
  public static Weights of(String origin, Collection<NamedTensor> tensors)
      throws UnusableWeightsException {
    Set<String> names = new TreeSet<>();
    for (NamedTensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new UnusableWeightsException(origin + " has several tensors named " + tensor.name());
      }
    }
    return new Weights(origin, tensors);
  }

  /** Where they came from, for messages. */
  public String origin() {
    return origin;
  }

  public Set<String> names() {
    return byName.keySet();
  }

  public Collection<NamedTensor> all() {
    return byName.values();
  }

  /**
   * @throws IllegalArgumentException naming the tensors that are there, if this one is not
   */
  public NamedTensor get(String name) {
    NamedTensor tensor = byName.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          origin
              + " has no tensor "
              + name
              + "; it has "
              + String.join(", ", new TreeSet<>(byName.keySet())));
    }
    return tensor;
  }
}
