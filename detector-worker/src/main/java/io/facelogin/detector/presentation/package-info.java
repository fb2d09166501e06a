/**
 * Whether it is a person who is before the camera: what the attack detector's networks say of a
 * frame, and what the frames of a track show together. Start reading at {@link
 * io.facelogin.detector.presentation.PresentationCheck}.
 */
@NullMarked
package io.facelogin.detector.presentation;

import org.jspecify.annotations.NullMarked;
