package io.facelogin.detector.follow;

import io.facelogin.detector.track.Track;
import io.facelogin.models.Search.Around;
import io.facelogin.models.Search.Everywhere;
import io.facelogin.models.Search.Where;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Glimpse;
import java.util.List;

/**
 * What to do about one frame, made before its picture is decoded.
 *
 * @param where to look in the picture; if nowhere, it need not be decoded
 * @param still tracks whose faces are where they were, and are not looked at
 * @param stillHints likewise, places that may become faces
 */
public record Look(
    Glimpse glimpse,
    long atUs,
    int minFacePx,
    Where where,
    List<Track> still,
    List<Box> stillHints) {

  /** For counting. */
  public enum Kind {
    FULL,
    FOLLOWED,
    SKIPPED
  }

  public Kind kind() {
    if (where instanceof Everywhere) {
      return Kind.FULL;
    }
    Around around = (Around) where;
    return around.expectedPx().isEmpty() && around.regionsPx().isEmpty()
        ? Kind.SKIPPED
        : Kind.FOLLOWED;
  }
}
