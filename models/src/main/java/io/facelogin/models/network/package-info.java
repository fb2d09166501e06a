/**
 * Networks on TensorFlow: graphs built in code from named tensors, and the sessions that run them.
 *
 * <p>The builders take tensors under the names and in the layout of the file of publication, so
 * that an importer copies and converts nothing:
 *
 * <ul>
 *   <li>MTCNN: as in {@code pnet.tflite}, {@code rnet.tflite}, {@code onet.tflite}, all in one set
 *       ({@code pnet/conv1/weights/read} of shape [out, height, width, in], ...)
 *   <li>MobileFaceNet: as in {@code MobileFaceNet.tflite}
 *   <li>Inception-ResNet-v1: as in the state dict of facenet-pytorch ({@code conv2d_1a.conv.weight}
 *       of shape [out, in, height, width], ...)
 * </ul>
 */
@NullMarked
package io.facelogin.models.network;

import org.jspecify.annotations.NullMarked;
