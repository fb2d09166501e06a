package io.facelogin.models;

import io.facelogin.models.quality.FaceQuality;

/** A face of a picture, judged and ready for the encoder. */
public record FoundFace(DetectedFace face, FaceQuality quality, AlignedFace crop) {}
