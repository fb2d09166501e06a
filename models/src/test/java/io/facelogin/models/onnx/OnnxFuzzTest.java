package io.facelogin.models.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facelogin.models.weights.UnusableWeightsException;

/** A file that says it is ONNX becomes a graph or is refused; nothing of it is run here. */
class OnnxFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void aGraphIsOpenedOrRefused(byte[] file) {
    try {
      OnnxGraph.open("fuzzed", file).session().close();
    } catch (UnusableWeightsException e) {
      // The documented answer.
    }
  }
}
