package io.facelogin.detector.follow;

import io.facelogin.models.AlignedFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.quality.FaceQuality;
import java.util.Optional;

/**
 * A face of a frame and of a track.
 *
 * @param looked whether it was found in this very frame, and is not merely taken to be there
 * @param crop only if it is worth encoding
 */
public record SeenFace(
    long trackId,
    DetectedFace face,
    FaceQuality quality,
    boolean looked,
    Optional<AlignedFace> crop) {}
