/**
 * Encoders against ONNX Runtime with the same weights. Start reading at {@link
 * io.facelogin.infra.benchmark.encode.EncodeBenchmark}.
 */
@NullMarked
package io.facelogin.infra.benchmark.encode;

import org.jspecify.annotations.NullMarked;
