/**
 * One camera's life: open, read, go away, come back. Knows nothing of Kafka. Start reading at
 * {@link io.facelogin.capture.camera.CameraRun}.
 */
@NullMarked
package io.facelogin.capture.camera;

import org.jspecify.annotations.NullMarked;
