package io.facelogin.detector.follow;

import io.facelogin.models.AlignedFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.quality.FaceQuality;
import java.util.Optional;

/**
 * A face of a frame and of a track.
 *
 * @param crop only if it is worth encoding
 */
public record SeenFace(
    long trackId, DetectedFace face, FaceQuality quality, Optional<AlignedFace> crop) {}
