package io.facelogin.detector.track;

import io.facelogin.detector.SelectionSettings;
import io.facelogin.models.FoundFace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tracks of one camera, by overlap and time: a face goes on with the track whose last box, or
 * whose box moved on at its last speed, overlaps it most. One thread.
 */
public final class CameraTracks {

  /** Less overlap than this is another face. Two people apart by one face width have 0. */
  private static final float MIN_IOU = 0.25f;

  /** Away for longer than this, somebody else may have come in its place. */
  private static final long SURE_US = 500_000;

  private record Pair(int track, int face, float overlap) {}

  private final long timeoutUs;
  private final int maxTracks;
  private final SelectionSettings selection;
  private final List<Track> tracks = new ArrayList<>();
  private long lastId;

  /**
   * @param timeout a face that was away for longer comes back as a new track
   * @param maxTracks remembered at once; the one unseen for longest is forgotten first
   */
  public CameraTracks(Duration timeout, int maxTracks, SelectionSettings selection) {
    this.timeoutUs = timeout.toNanos() / 1000;
    this.maxTracks = maxTracks;
    this.selection = selection;
  }

  /** Those that may still be there, lost ones too. */
  public List<Track> alive(long atUs) {
    tracks.removeIf(track -> Math.abs(atUs - track.atUs()) > timeoutUs);
    return List.copyOf(tracks);
  }

  /**
   * @param atUs when the frame was taken, microseconds since the epoch
   * @return for each face its track, whose id is unique within the camera, even over restarts
   */
  public List<Track> follow(long atUs, List<FoundFace> faces) {
    List<Track> known = alive(atUs);
    List<Pair> pairs = new ArrayList<>();
    for (int t = 0; t < known.size(); t++) {
      for (int f = 0; f < faces.size(); f++) {
        float overlap = known.get(t).overlap(faces.get(f).face().boxPx(), atUs);
        if (overlap >= MIN_IOU) {
          pairs.add(new Pair(t, f, overlap));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::overlap).reversed());
    @Nullable Track[] followed = new Track[faces.size()];
    boolean[] taken = new boolean[known.size()];
    for (Pair pair : pairs) {
      if (!taken[pair.track()] && followed[pair.face()] == null) {
        taken[pair.track()] = true;
        Track track = known.get(pair.track());
        if (atUs - track.atUs() > SURE_US) {
          track.selection().restart();
        }
        track.seen(faces.get(pair.face()).face(), faces.get(pair.face()).quality(), atUs);
        followed[pair.face()] = track;
      }
    }
    List<Track> all = new ArrayList<>(faces.size());
    for (int f = 0; f < followed.length; f++) {
      Track track = followed[f];
      all.add(track == null ? begun(faces.get(f), atUs) : track);
    }
    return all;
  }

  /** It was not looked at, for nothing changed there. */
  public void still(Track track, long atUs) {
    track.still(atUs);
  }

  /** The scene may be another one: whoever is where a face was may be somebody else. */
  public void doubt() {
    tracks.forEach(track -> track.selection().restart());
  }

  public void clear() {
    tracks.clear();
  }

  private Track begun(FoundFace face, long atUs) {
    lastId = Math.max(lastId + 1, atUs);
    if (tracks.size() >= maxTracks) {
      tracks.stream().min(Comparator.comparingLong(Track::atUs)).ifPresent(tracks::remove);
    }
    Track track =
        new Track(lastId, new PictureSelection(selection), face.face(), face.quality(), atUs);
    tracks.add(track);
    return track;
  }
}
