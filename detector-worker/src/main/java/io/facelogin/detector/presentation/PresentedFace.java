package io.facelogin.detector.presentation;

import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.picture.Picture;
import java.util.Optional;

/**
 * A face of a frame that is to be judged.
 *
 * @param picture of the frame; absent where it was not decoded. Stays its owner's
 * @param atUs when it was taken, microseconds since the epoch
 * @param looked whether it was found in this very frame, and is not merely taken to be there
 * @param selected whether its picture goes on to the encoder
 * @param evidence of its camera
 * @param record where the answers go
 */
public record PresentedFace(
    Purpose purpose,
    Optional<Picture> picture,
    long atUs,
    long trackId,
    DetectedFace face,
    boolean looked,
    boolean selected,
    CameraEvidence evidence,
    FaceCrop.Builder record) {}
