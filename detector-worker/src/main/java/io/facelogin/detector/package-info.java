/**
 * Frames to faces: decode, detect, follow, judge, align. Start reading at {@link
 * io.facelogin.detector.DetectorWorker}; the poll loop is {@code kafka.FrameLoop}, what happens to
 * a frame is {@code frame.FrameAnalysis}.
 */
@NullMarked
package io.facelogin.detector;

import org.jspecify.annotations.NullMarked;
