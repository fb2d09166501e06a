package io.facelogin.detector.presentation;

import io.facelogin.detector.PresentationSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the tracks of one camera show, bounded: the track unseen for longest goes first. */
public final class CameraEvidence {

  private final PresentationSettings settings;
  private final int mostTracks;

  /** The one asked for longest ago comes first. */
  private final Map<Long, TrackEvidence> byTrack = new LinkedHashMap<>(16, 0.75f, true);

  public CameraEvidence(PresentationSettings settings, int mostTracks) {
    this.settings = settings;
    this.mostTracks = mostTracks;
  }

  TrackEvidence of(long trackId) {
    TrackEvidence evidence = byTrack.computeIfAbsent(trackId, id -> new TrackEvidence(settings));
    while (byTrack.size() > mostTracks) {
      byTrack.remove(byTrack.keySet().iterator().next());
    }
    return evidence;
  }
}
