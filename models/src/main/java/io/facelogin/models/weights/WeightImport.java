package io.facelogin.models.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns weight files of any known format into one safetensors file, with the tensor names that our
 * networks read where the file is one of those we know. The packaged weights were made by it.
 */
public final class WeightImport {

  private WeightImport() {}

  /**
   * @param inputs one or more files whose tensors have different names, such as the three of MTCNN
   * @param output is replaced only when everything went well
   * @return what was written
   */
  public static Weights toSafetensors(List<Path> inputs, Path output)
      throws UnusableWeightsException {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Path input : inputs) {
      tensors.addAll(KnownNetworks.ourNames(WeightFormats.read(input)).all());
    }
    Map<String, Long> times =
        tensors.stream().collect(Collectors.groupingBy(NamedTensor::name, Collectors.counting()));
    times.values().removeIf(count -> count == 1);
    if (!times.isEmpty()) {
      throw new UnusableWeightsException(
          "The files " + inputs + " have tensors of the same names: " + times.keySet());
    }
    if (tensors.isEmpty()) {
      throw new UnusableWeightsException("The files " + inputs + " hold no tensors of numbers");
    }
    Weights weights = new Weights(String.valueOf(output.getFileName()), tensors);
    try {
      write(weights, output.toAbsolutePath());
    } catch (IOException e) {
      throw new UnusableWeightsException("Cannot write " + output + ": " + e, e);
    }
    return weights;
  }

  private static void write(Weights weights, Path output) throws IOException {
    Path partial = output.resolveSibling(output.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(partial)) {
        Safetensors.write(weights, Map.of(), out);
      }
      try {
        Files.move(partial, output, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(partial, output, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
