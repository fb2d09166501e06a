/**
 * Where to look in the next frame of a camera: around the faces that were there, and where the
 * picture changed. Start reading at {@link io.facelogin.detector.follow.FollowedCamera}.
 */
@NullMarked
package io.facelogin.detector.follow;

import org.jspecify.annotations.NullMarked;
