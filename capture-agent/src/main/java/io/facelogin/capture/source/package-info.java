/**
 * Where pictures come from: network streams, devices, clips and folders, all behind {@link
 * io.facelogin.capture.source.FrameSource}. FFmpeg is called directly ({@link
 * io.facelogin.capture.source.VideoReader}): its usual wrapper opens one source at a time in the
 * whole process and cannot be interrupted, so one dead camera would hold up all others.
 */
@NullMarked
package io.facelogin.capture.source;

import org.jspecify.annotations.NullMarked;
