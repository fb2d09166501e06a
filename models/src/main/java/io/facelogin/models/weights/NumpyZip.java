package io.facelogin.models.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** NumPy's .npz: a zip archive of .npy arrays, each named after its entry. */
final class NumpyZip {

  private NumpyZip() {}

  static Weights read(String origin, Map<String, byte[]> entries) throws UnusableWeightsException {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      String name = entry.getKey().replaceFirst("\\.npy$", "");
      ByteCursor in = new ByteCursor(origin + ": " + entry.getKey(), entry.getValue());
      if (!NumpyArray.looksLikeOne(entry.getValue())) {
        throw new UnusableWeightsException(in.origin() + " is no NumPy array");
      }
      tensors.add(NumpyArray.read(name, in));
    }
    return Weights.of(origin, tensors);
  }
}
