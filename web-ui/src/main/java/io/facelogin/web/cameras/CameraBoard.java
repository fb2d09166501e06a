package io.facelogin.web.cameras;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.CameraStatus;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.web.kafka.Feeds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What is known of each site camera right now, from the topics alone: registry, status, frame rate,
 * lag and the newest picture. Browsers' frames are not looked at. Thread-safe.
 */
@Component
public class CameraBoard {

  /** All pictures together; the camera silent for longest loses its picture first. */
  private static final long MOST_PICTURE_BYTES = 64L * 1024 * 1024;

  private static final Duration KEPT = Topics.FRAMES.retention().orElseThrow();

  private static final class Entry {
    @Nullable Camera camera;
    @Nullable CameraStatus status;
    byte @Nullable [] jpeg;
    long sequence;
    long pictureMs;
    @Nullable Long lagMs;
    final FrameRate rate = new FrameRate();
  }

  private final Map<String, Entry> byId = new TreeMap<>();
  private final List<Consumer<CameraState>> watchers = new CopyOnWriteArrayList<>();
  private final Clock clock;
  private long pictureBytes;

  @Autowired
  CameraBoard(Feeds feeds, Clock clock) {
    this(clock);
    feeds.follow(Topics.CAMERAS, Feeds.Start.BEGINNING, this::registered);
    feeds.followAsOnlyReader(Topics.CAMERA_STATUS, Feeds.Start.BEGINNING, this::reported);
    feeds.follow(Topics.FRAMES, Feeds.Start.NOW, this::seen);
    feeds.follow(Topics.FACES, Feeds.Start.NOW, this::looked);
  }

  /** Without feeds: it shows what it is handed. */
  CameraBoard(Clock clock) {
    this.clock = clock;
  }

  /** Is told of each change of name or status, on a feed's thread. */
  public void watch(Consumer<CameraState> watcher) {
    watchers.add(watcher);
  }

  /** By id. */
  public synchronized List<CameraState> all() {
    List<CameraState> states = new ArrayList<>();
    byId.forEach((id, entry) -> states.add(state(id, entry)));
    return states;
  }

  public synchronized Optional<CameraState> find(String id) {
    return Optional.ofNullable(byId.get(id)).map(entry -> state(id, entry));
  }

  /** What the registry holds, by id. */
  public synchronized List<Camera> registered() {
    return byId.values().stream().map(entry -> entry.camera).filter(Objects::nonNull).toList();
  }

  public synchronized Optional<Camera> camera(String id) {
    Entry entry = byId.get(id);
    return entry == null ? Optional.empty() : Optional.ofNullable(entry.camera);
  }

  /** Returns when the registry says so of the camera (null: removed), or at the timeout. */
  synchronized void awaitCamera(String id, Predicate<@Nullable Camera> wanted, Duration timeout) {
    long endMs = clock.millis() + timeout.toMillis();
    try {
      for (long leftMs = timeout.toMillis();
          leftMs > 0 && !wanted.test(camera(id).orElse(null));
          leftMs = endMs - clock.millis()) {
        wait(leftMs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The camera's name, or its id where it has none. */
  public synchronized String name(String id) {
    Entry entry = byId.get(id);
    return entry == null ? id : name(id, entry);
  }

  /**
   * The newest picture of a site camera as it came.
   *
   * @param sequence of the frame, as in what was found in it
   * @param jpeg nobody may write to it
   */
  public record Picture(long sequence, byte[] jpeg) {}

  public synchronized Optional<Picture> picture(String id) {
    Entry entry = byId.get(id);
    return entry == null || entry.jpeg == null
        ? Optional.empty()
        : Optional.of(new Picture(entry.sequence, entry.jpeg));
  }

  private void registered(String id, @Nullable Camera camera) {
    CameraState state;
    synchronized (this) {
      Entry entry = byId.computeIfAbsent(id, key -> new Entry());
      entry.camera = camera;
      state = camera == null ? removed(id, entry) : state(id, entry);
      notifyAll();
    }
    watchers.forEach(watcher -> watcher.accept(state));
  }

  private void reported(String id, @Nullable CameraStatus status) {
    CameraState state;
    synchronized (this) {
      Entry entry = byId.get(id);
      if (entry == null) {
        entry = new Entry();
        byId.put(id, entry);
      }
      entry.status = status;
      state = state(id, entry);
    }
    watchers.forEach(watcher -> watcher.accept(state));
  }

  private CameraState removed(String id, Entry entry) {
    CameraState last = new CameraState(id, name(id, entry), "REMOVED", "", null, 0, null);
    forget(id, entry);
    return last;
  }

  private void forget(String id, Entry entry) {
    if (entry.jpeg != null) {
      pictureBytes -= entry.jpeg.length;
    }
    byId.remove(id);
  }

  synchronized void seen(String id, @Nullable Frame frame) {
    if (frame == null || frame.getRef().getPurpose() != Purpose.WATCH) {
      return;
    }
    long nowMs = clock.millis();
    Entry entry = byId.computeIfAbsent(id, key -> new Entry());
    pictureBytes -= entry.jpeg == null ? 0 : entry.jpeg.length;
    byte[] jpeg = frame.getJpeg().toByteArray();
    entry.jpeg = jpeg;
    entry.sequence = frame.getRef().getSequence();
    entry.pictureMs = nowMs;
    entry.rate.count(nowMs);
    pictureBytes += jpeg.length;
    while (pictureBytes > MOST_PICTURE_BYTES && dropOldestPicture()) {}
  }

  /** A picture is shown no longer than its topic keeps it, also of a camera that fell silent. */
  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
  synchronized void dropOldPictures() {
    long oldestMs = clock.millis() - KEPT.toMillis();
    for (Entry entry : byId.values()) {
      if (entry.jpeg != null && entry.pictureMs < oldestMs) {
        pictureBytes -= entry.jpeg.length;
        entry.jpeg = null;
      }
    }
  }

  private boolean dropOldestPicture() {
    Entry oldest = null;
    for (Entry entry : byId.values()) {
      if (entry.jpeg != null && (oldest == null || entry.pictureMs < oldest.pictureMs)) {
        oldest = entry;
      }
    }
    if (oldest == null || oldest.jpeg == null) {
      return false;
    }
    pictureBytes -= oldest.jpeg.length;
    oldest.jpeg = null;
    return true;
  }

  private synchronized void looked(String id, @Nullable Faces faces) {
    Entry entry = byId.get(id);
    if (faces != null && entry != null) {
      Instant captured = Instant.EPOCH.plus(faces.getFrame().getCapturedAtUs(), ChronoUnit.MICROS);
      entry.lagMs = Math.max(0, ChronoUnit.MILLIS.between(captured, clock.instant()));
    }
  }

  private CameraState state(String id, Entry entry) {
    CameraStatus status = entry.status;
    Camera camera = entry.camera;
    boolean off = status == null || (camera != null && !camera.getEnabled());
    return new CameraState(
        id,
        name(id, entry),
        status == null || off ? "OFF" : status.getState().name(),
        status == null || off ? "" : status.getMessage(),
        status == null ? null : Instant.EPOCH.plus(status.getSinceUs(), ChronoUnit.MICROS),
        entry.rate.perSecond(clock.millis()),
        entry.lagMs);
  }

  private static String name(String id, Entry entry) {
    Camera camera = entry.camera;
    return camera == null || camera.getName().isBlank() ? id : camera.getName();
  }
}
