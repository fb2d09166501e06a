/** FaceNet's Inception-ResNet-v1, from its published files. */
@NullMarked
package io.facelogin.models.facenet;

import org.jspecify.annotations.NullMarked;
