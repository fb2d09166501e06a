package io.facelogin.capture;

import io.facelogin.capture.kafka.CameraFollower;
import io.facelogin.capture.kafka.FramePublisher;
import io.facelogin.capture.kafka.StatusPublisher;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cameras to frames: follows the topic {@code cameras}, runs one thread per camera, publishes
 * {@code frames} and {@code camera-status}. Any number of agents on one broker share the cameras.
 */
public final class CaptureAgent implements Stage {

  private final CaptureSettings settings;
  private final KafkaConnection kafka;
  private final MeterRegistry registry;
  private final CaptureMetrics metrics;
  private volatile @Nullable Running running;
  private boolean closed;

  private record Running(
      FramePublisher frames,
      StatusPublisher statuses,
      CameraFleet fleet,
      CameraFollower follower) {}

  public CaptureAgent(CaptureSettings settings, KafkaConnection kafka, MeterRegistry registry) {
    this.settings = settings;
    this.kafka = kafka;
    this.registry = registry;
    this.metrics = new CaptureMetrics(registry);
  }

  @Override
  public String name() {
    return "capture";
  }

  @Override
  public synchronized void start() {
    if (running != null || closed) {
      throw new IllegalStateException("The capture agent was started before");
    }
    FramePublisher frames =
        new FramePublisher(
            FramePublisher.producer(kafka, settings), settings.framesInFlight(), metrics);
    StatusPublisher statuses = new StatusPublisher(kafka);
    Clock clock = Clock.systemUTC();
    CameraFleet fleet =
        new CameraFleet(
            camera -> new ServedCamera(camera, settings, frames, statuses, metrics, clock),
            statuses);
    registry.gauge(CaptureMetrics.CAMERAS, fleet, CameraFleet::size);
    statuses.every(settings.statusInterval(), fleet::reportAll);
    running = new Running(frames, statuses, fleet, new CameraFollower(kafka, fleet));
  }

  @Override
  public Health health() {
    Running present = running;
    if (present == null) {
      return Health.starting("The capture agent is not running.");
    }
    if (!present.follower.isAlive()) {
      return Health.failed("The list of cameras is no longer followed. Restart the agent.");
    }
    if (!present.follower.isReady()) {
      return Health.starting("Reading the list of cameras from " + kafka.bootstrapServers());
    }
    Optional<String> fault = present.frames.fault();
    return fault.isPresent()
        ? Health.troubled(
            "The broker at " + kafka.bootstrapServers() + " takes no frames: " + fault.get())
        : Health.ready();
  }

  @Override
  public synchronized void close() {
    closed = true;
    Running present = running;
    if (present == null) {
      return;
    }
    running = null;
    present.follower.close();
    present.fleet.close();
    present.frames.close();
    present.statuses.close();
  }
}
