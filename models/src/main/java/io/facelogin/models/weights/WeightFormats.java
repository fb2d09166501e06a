package io.facelogin.models.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads named tensors from a file of any format that we know, told apart by their first bytes. */
public final class WeightFormats {

  /** FaceNet has 112 MB; nothing that we know comes near this. */
  public static final long MAX_FILE_BYTES = 1L << 30;

  private WeightFormats() {}

  /**
   * @throws UnusableWeightsException if the file is missing, damaged or of no known format
   */
  public static Weights read(Path file) throws UnusableWeightsException {
    return read(String.valueOf(file.getFileName()), bytes(file));
  }

  /** The whole file, if it is not absurdly large. */
  public static byte[] bytes(Path file) throws UnusableWeightsException {
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new UnusableWeightsException(
            file + " has " + size + " bytes, more than the " + MAX_FILE_BYTES + " that we read");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableWeightsException("Cannot read " + file + ": " + e, e);
    }
  }

  /**
   * @param origin name of the file, for messages
   */
  public static Weights read(String origin, byte[] file) throws UnusableWeightsException {
    if (file.length > 8 && file[4] == 'T' && file[5] == 'F' && file[6] == 'L' && file[7] == '3') {
      return TfLite.read(origin, file);
    }
    if (file.length > 9 && file[7] == 0 && file[8] == '{') {
      return Safetensors.read(origin, file);
    }
    if (NumpyArray.looksLikeOne(file)) {
      return NumpyPickle.read(origin, file);
    }
    if (ZipContent.looksLikeOne(file)) {
      Map<String, byte[]> entries = ZipContent.read(origin, file);
      return entries.keySet().stream().anyMatch(name -> name.endsWith("data.pkl"))
          ? PyTorchStateDict.readZip(origin, entries)
          : NumpyZip.read(origin, entries);
    }
    if (PyTorchStateDict.looksLegacy(file)) {
      return PyTorchStateDict.readLegacy(origin, file);
    }
    // Protocol buffers: a graph of TensorFlow begins with a node, a model of ONNX with a version.
    if (file.length > 2 && file[0] == 0x0A) {
      return FrozenGraph.read(origin, file);
    }
    if (file.length > 2 && file[0] == 0x08) {
      throw new UnusableWeightsException(
          origin
              + " looks like ONNX, which brings its own graph: write a manifest with architecture"
              + " onnx instead of importing its numbers");
    }
    throw new UnusableWeightsException(
        origin
            + " is of no format that we read: safetensors, TensorFlow Lite, NumPy (.npy, .npz),"
            + " PyTorch state dict, frozen TensorFlow graph");
  }
}
