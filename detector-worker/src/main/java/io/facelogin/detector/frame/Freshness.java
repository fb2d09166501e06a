package io.facelogin.detector.frame;

import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the frames that wait are worth looking at: freshness beats completeness. Still pictures
 * (IDENTIFY) are always looked at, for somebody waits for just this one.
 */
public final class Freshness {

  private final long maxAgeUs;
  private final long skipAgeUs;

  /**
   * @param maxAge older live frames are stale; so are those from as far ahead, for a clock is wrong
   * @param skipAge live frames older than this are stale when a newer one of their camera waits too
   */
  public Freshness(Duration maxAge, Duration skipAge) {
    this.maxAgeUs = maxAge.toNanos() / 1000;
    this.skipAgeUs = skipAge.toNanos() / 1000;
  }

  /**
   * @param frames that wait, those of one camera in order
   * @param nowUs microseconds since the epoch
   * @return for each whether it is stale
   */
  public boolean[] stale(List<FrameRef> frames, long nowUs) {
    Map<String, Long> newest = new HashMap<>();
    for (FrameRef frame : frames) {
      newest.merge(frame.getCameraId(), frame.getSequence(), Math::max);
    }
    boolean[] stale = new boolean[frames.size()];
    for (int i = 0; i < stale.length; i++) {
      FrameRef frame = frames.get(i);
      long ageUs = nowUs - frame.getCapturedAtUs();
      boolean newerWaits = newest.getOrDefault(frame.getCameraId(), 0L) > frame.getSequence();
      stale[i] =
          frame.getPurpose() != Purpose.IDENTIFY
              && (ageUs > maxAgeUs || -ageUs > maxAgeUs || (newerWaits && ageUs > skipAgeUs));
    }
    return stale;
  }
}
