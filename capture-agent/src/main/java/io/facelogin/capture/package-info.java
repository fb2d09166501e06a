/**
 * Cameras, clips and pictures become frames on the topic {@code frames}. Start reading at {@link
 * io.facelogin.capture.CaptureAgent}; the loop of one camera is {@link
 * io.facelogin.capture.camera.CameraRun}.
 */
@NullMarked
package io.facelogin.capture;

import org.jspecify.annotations.NullMarked;
