package io.facelogin.detector.track;

import io.facelogin.models.geometry.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tracks of one camera, by overlap and time: a box goes on with the track whose last box, or
 * whose box moved on at its last speed, overlaps it most.
 */
final class CameraTracks {

  /** Less overlap than this is another face. Two people apart by one face width have 0. */
  private static final float MIN_IOU = 0.25f;

  /**
   * @param id time of its first frame, so that a restart cannot give it again
   * @param dxPerUs speed in pixels a microsecond; 0 until it was seen twice
   */
  private record Track(long id, Box box, long atUs, double dxPerUs, double dyPerUs) {

    Box movedTo(long time) {
      float dx = (float) (dxPerUs * (time - atUs));
      float dy = (float) (dyPerUs * (time - atUs));
      return new Box(box.x1() + dx, box.y1() + dy, box.x2() + dx, box.y2() + dy);
    }

    float overlap(Box other, long time) {
      return Math.max(box.iou(other), movedTo(time).iou(other));
    }

    Track seen(Box now, long time) {
      double elapsed = Math.max(1, time - atUs);
      return new Track(
          id,
          now,
          time,
          (centreX(now) - centreX(box)) / elapsed,
          (centreY(now) - centreY(box)) / elapsed);
    }

    private static double centreX(Box box) {
      return (box.x1() + box.x2()) / 2.0;
    }

    private static double centreY(Box box) {
      return (box.y1() + box.y2()) / 2.0;
    }
  }

  private record Pair(int track, int box, float overlap) {}

  private final long timeoutUs;
  private List<Track> tracks = new ArrayList<>();
  private long lastId;
  private long lastSeenUs = Long.MIN_VALUE;

  CameraTracks(long timeoutUs) {
    this.timeoutUs = timeoutUs;
  }

  long lastSeenUs() {
    return lastSeenUs;
  }

  long[] follow(long atUs, List<Box> boxes) {
    lastSeenUs = Math.max(lastSeenUs, atUs);
    tracks.removeIf(track -> atUs - track.atUs() > timeoutUs);
    List<Pair> pairs = new ArrayList<>();
    for (int t = 0; t < tracks.size(); t++) {
      for (int b = 0; b < boxes.size(); b++) {
        float overlap = tracks.get(t).overlap(boxes.get(b), atUs);
        if (overlap >= MIN_IOU) {
          pairs.add(new Pair(t, b, overlap));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::overlap).reversed());
    long[] ids = new long[boxes.size()];
    boolean[] taken = new boolean[tracks.size()];
    for (Pair pair : pairs) {
      if (!taken[pair.track()] && ids[pair.box()] == 0) {
        taken[pair.track()] = true;
        Track track = tracks.get(pair.track());
        ids[pair.box()] = track.id();
        tracks.set(pair.track(), track.seen(boxes.get(pair.box()), atUs));
      }
    }
    for (int b = 0; b < ids.length; b++) {
      if (ids[b] == 0) {
        lastId = Math.max(lastId + 1, atUs);
        ids[b] = lastId;
        tracks.add(new Track(lastId, boxes.get(b), atUs, 0, 0));
      }
    }
    return ids;
  }
}
