/**
 * Measures the detector, beside a straightforward cascade of the same weights on ONNX Runtime.
 * Start reading at {@link io.facelogin.infra.benchmark.detect.DetectBenchmark}.
 */
@NullMarked
package io.facelogin.infra.benchmark.detect;

import org.jspecify.annotations.NullMarked;
