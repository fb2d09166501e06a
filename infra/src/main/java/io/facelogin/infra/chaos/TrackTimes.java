package io.facelogin.infra.chaos;

import io.facelogin.contract.v1.Embeddings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** When each track was seen, microseconds since the epoch. */
final class TrackTimes {

  private record Key(String cameraId, long trackId) {}

  private final Map<Key, TreeSet<Long>> times = new HashMap<>();

  TrackTimes(List<Embeddings> seen) {
    for (Embeddings frame : seen) {
      frame
          .getFacesList()
          .forEach(
              face ->
                  times
                      .computeIfAbsent(
                          new Key(frame.getFrame().getCameraId(), face.getTrackId()),
                          any -> new TreeSet<>())
                      .add(frame.getFrame().getCapturedAtUs()));
    }
  }

  /** The longest that a track was not seen between two instants at which it was. */
  long longestAwayUs(String cameraId, long trackId, long fromUs, long toUs) {
    long longestUs = 0;
    long lastUs = fromUs;
    TreeSet<Long> seen = times.getOrDefault(new Key(cameraId, trackId), new TreeSet<>());
    for (long atUs : seen.subSet(fromUs, true, toUs, true)) {
      longestUs = Math.max(longestUs, atUs - lastUs);
      lastUs = atUs;
    }
    return Math.max(longestUs, toUs - lastUs);
  }
}
