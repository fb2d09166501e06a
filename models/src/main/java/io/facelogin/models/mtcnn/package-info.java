/**
 * MTCNN (Zhang et al. 2016, "Joint Face Detection and Alignment Using Multitask Cascaded
 * Convolutional Networks"): a cascade of three small networks, with the semantics of the reference
 * of davidsandberg/facenet to every rounding. Start reading at {@link
 * io.facelogin.models.mtcnn.MtcnnDetector}.
 */
@NullMarked
package io.facelogin.models.mtcnn;

import org.jspecify.annotations.NullMarked;
