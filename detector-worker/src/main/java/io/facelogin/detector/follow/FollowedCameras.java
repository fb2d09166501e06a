package io.facelogin.detector.follow;

import io.facelogin.detector.DetectorSettings;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of all cameras that one worker serves, bounded: those silent for a minute are
 * forgotten, since browsers come under a new id each time, and of too many the one silent for
 * longest. One thread.
 */
public final class FollowedCameras {

  private static final long FORGET_US = Duration.ofMinutes(1).toNanos() / 1000;

  private final DetectorSettings settings;

  /** The one asked for longest ago comes first. */
  private final Map<String, Entry> byId = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Entry {
    final FollowedCamera camera;
    long askedAtUs;

    Entry(FollowedCamera camera) {
      this.camera = camera;
    }
  }

  public FollowedCameras(DetectorSettings settings) {
    this.settings = settings;
  }

  /**
   * @param atUs when its frame was taken, microseconds since the epoch
   */
  public FollowedCamera camera(String id, long atUs) {
    Entry entry = byId.computeIfAbsent(id, key -> new Entry(new FollowedCamera(settings)));
    entry.askedAtUs = atUs;
    Iterator<Entry> eldestFirst = byId.values().iterator();
    while (eldestFirst.hasNext()) {
      boolean silent = atUs - eldestFirst.next().askedAtUs > FORGET_US;
      if (!silent && byId.size() <= settings.follow().maxCameras()) {
        break;
      }
      eldestFirst.remove();
    }
    return entry.camera;
  }

  int size() {
    return byId.size();
  }
}
