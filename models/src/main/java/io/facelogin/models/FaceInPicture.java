package io.facelogin.models;

import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;

/**
 * A face where it was found, for those who need its surroundings too.
 *
 * @param picture stays its owner's
 */
public record FaceInPicture(Picture picture, Box boxPx) {}
