package io.facelogin.detector;

import java.time.Duration;

/**
 * Settings of the detector.
 *
 * @param minFacePx smallest face worth looking for, the side of its box, where the camera sets none
 * @param maxFaces of one frame; the largest ones count
 * @param maxFrameAge older live frames are dropped unseen; a still picture never is
 * @param skipAge a live frame older than this is skipped when a newer one of its camera waits
 *     beside it
 * @param trackTimeout a face that was away for longer comes back as a new track
 * @param maxPollFrames most frames decoded and detected together; bounds memory, 6 MB each at 1080p
 * @param follow where to look in the next frame
 * @param selection which pictures of a track go on to the encoder
 * @param presentation what is looked for that tells people from pictures of them
 */
public record DetectorSettings(
    int minFacePx,
    int maxFaces,
    Duration maxFrameAge,
    Duration skipAge,
    Duration trackTimeout,
    int maxPollFrames,
    FollowSettings follow,
    SelectionSettings selection,
    PresentationSettings presentation) {

  public DetectorSettings {
    Limits.atLeast(12, minFacePx, "minFacePx");
    Limits.atLeast(1, maxFaces, "maxFaces");
    Limits.atLeast(1, maxPollFrames, "maxPollFrames");
    Limits.positive(maxFrameAge, "maxFrameAge");
    Limits.positive(skipAge, "skipAge");
    Limits.positive(trackTimeout, "trackTimeout");
  }

  public static DetectorSettings defaults() {
    return new DetectorSettings(
        40,
        20,
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        Duration.ofMillis(1500),
        8,
        FollowSettings.defaults(),
        SelectionSettings.defaults(),
        PresentationSettings.defaults());
  }

  public DetectorSettings withMinFacePx(int minFacePx) {
    return new DetectorSettings(
        minFacePx,
        maxFaces,
        maxFrameAge,
        skipAge,
        trackTimeout,
        maxPollFrames,
        follow,
        selection,
        presentation);
  }

  /** For a recording, which is not live: no frame is too old. */
  public DetectorSettings withoutHaste() {
    Duration never = Duration.ofDays(36_500);
    return new DetectorSettings(
        minFacePx,
        maxFaces,
        never,
        never,
        trackTimeout,
        maxPollFrames,
        follow,
        selection,
        presentation);
  }
}
