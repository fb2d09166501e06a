/**
 * Networks on TensorFlow: graphs built in code from named tensors, and the sessions that run them.
 * Start reading at {@link io.facelogin.models.network.NetworkBuilder}.
 *
 * <p>What the builders want of the tensors: MTCNN and MobileFaceNet in TensorFlow's layouts
 * (convolution [height, width, in, out], depthwise [height, width, channels, 1], dense [in, out]);
 * Inception-ResNet-v1 under the names and in the layouts of facenet-pytorch's state dict
 * (convolution [out, in, height, width], dense [out, in]).
 */
@NullMarked
package io.facelogin.models.network;

import org.jspecify.annotations.NullMarked;
