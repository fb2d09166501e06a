/**
 * Frames to faces: decode, detect, follow, judge, align. Start reading at {@link
 * io.facelogin.detector.DetectorWorker}; what happens to a frame is {@code frame.FrameAnalysis},
 * where to look in it {@code follow.FollowedCamera}.
 */
@NullMarked
package io.facelogin.detector;

import org.jspecify.annotations.NullMarked;
