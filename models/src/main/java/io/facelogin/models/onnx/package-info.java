/**
 * Brings networks of others: an ONNX graph becomes a TensorFlow graph. Start reading at {@link
 * io.facelogin.models.onnx.OnnxGraph}.
 */
@NullMarked
package io.facelogin.models.onnx;

import org.jspecify.annotations.NullMarked;
