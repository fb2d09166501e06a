/**
 * The same face over the frames of one camera. Start reading at {@link
 * io.facelogin.detector.track.FaceTracks}.
 */
@NullMarked
package io.facelogin.detector.track;

import org.jspecify.annotations.NullMarked;
