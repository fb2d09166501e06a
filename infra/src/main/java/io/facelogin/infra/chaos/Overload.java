package io.facelogin.infra.chaos;

import com.google.protobuf.ByteString;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.infra.Photographs;
import io.facelogin.infra.Photographs.Person;
import io.facelogin.infra.chaos.Scenario.Observation;
import io.facelogin.infra.topic.TopicContents;
import io.facelogin.infra.worker.StageName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** More comes than can be looked at, or what comes is not of now. */
final class Overload {

  private static final Duration FLOOD = Duration.ofSeconds(6);
  private static final int FLOOD_FRAMES_PER_SECOND = 150;
  private static final Duration FROZEN = Duration.ofSeconds(4);

  private Overload() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "camera-floods",
            FLOOD_FRAMES_PER_SECOND
                + " frames a second of one camera, for "
                + FLOOD.toSeconds()
                + " s",
            Overload::flood),
        new Scenario(
            "slow-consumer",
            "the detector frozen (SIGSTOP) for " + FROZEN.toSeconds() + " s while frames come",
            Overload::slow),
        new Scenario(
            "clock-jump", "frames of Ada stamped an hour ago and an hour ahead", Overload::clock));
  }

  private static Observation flood(RehearsalSite site, Residents residents) throws Exception {
    byte[] jpeg = adaAsFrame();
    double skipped = staleFrames(site);
    long sent = 0;
    long end = System.nanoTime() + FLOOD.toNanos();
    try (Camera camera = new Camera(site, "flood")) {
      while (System.nanoTime() < end) {
        camera.send(jpeg, Instant.now());
        sent++;
        Thread.sleep(1000 / FLOOD_FRAMES_PER_SECOND);
      }
    }
    Faults.requireReady(site);
    Duration recovery = residents.awaitServing(Instant.now());
    requireSkipped(site, skipped);
    return new Observation(sent + " frames came, old ones are skipped; all stages serve", recovery);
  }

  private static Observation slow(RehearsalSite site, Residents residents) throws Exception {
    long pid = site.worker(StageName.DETECTOR).pid();
    double skipped = staleFrames(site);
    Faults.signal(pid, "STOP");
    Duration honest;
    try {
      honest = Faults.awaitUnready(site, List.of(StageName.DETECTOR));
      Thread.sleep(FROZEN.toMillis());
    } finally {
      Faults.signal(pid, "CONT");
    }
    Duration recovery = residents.awaitServing(Instant.now());
    requireSkipped(site, skipped);
    return new Observation(
        "does not answer after " + Faults.seconds(honest) + "; what waited is skipped as stale",
        recovery);
  }

  /** Who is behind must not look at what was: the people of then are gone. */
  private static void requireSkipped(RehearsalSite site, double before) throws Exception {
    if (staleFrames(site) <= before) {
      throw new FaultException("the detector skipped no frame, although old ones waited");
    }
  }

  private static double staleFrames(RehearsalSite site) throws Exception {
    return site.metric(StageName.DETECTOR, "detector_frames_dropped_total", "STALE");
  }

  private static Observation clock(RehearsalSite site, Residents residents) throws Exception {
    byte[] jpeg = adaAsFrame();
    Instant began = Instant.now();
    try (Camera past = new Camera(site, "past");
        Camera future = new Camera(site, "future")) {
      for (int i = 0; i < 12; i++) {
        past.send(jpeg, Instant.now().minus(1, ChronoUnit.HOURS));
        future.send(jpeg, Instant.now().plus(1, ChronoUnit.HOURS));
        Thread.sleep(200);
      }
    }
    Faults.requireReady(site);
    Duration recovery = residents.awaitServing(began);
    List<String> opened =
        TopicContents.readable(site.kafka(), Topics.DECISIONS).stream()
            .filter(one -> List.of("past", "future").contains(one.getFrame().getCameraId()))
            .filter(one -> one.getOutcome() == Outcome.ACCEPTED)
            .map(one -> one.getFrame().getCameraId())
            .distinct()
            .toList();
    if (!opened.isEmpty()) {
      throw new FaultException("frames of another time were accepted: " + opened);
    }
    return new Observation("neither is accepted; all stages serve", recovery);
  }

  static byte[] adaAsFrame() throws java.io.IOException {
    return Photographs.jpeg(PictureCamera.moment(Photographs.picture(Person.ADA, 0), 0));
  }

  /** A camera without manners: whatever it is given goes onto the topic. */
  private static final class Camera implements AutoCloseable {

    private final String id;
    private final KafkaProducer<String, Frame> producer;
    private long sequence;

    Camera(RehearsalSite site, String id) {
      this.id = id;
      this.producer =
          new KafkaProducer<>(
              site.kafka().producerConfig(),
              new StringSerializer(),
              site.kafka().open(Topics.FRAMES).valueSerde().serializer());
    }

    void send(byte[] jpeg, Instant capturedAt) {
      Frame frame =
          Frame.newBuilder()
              .setRef(
                  FrameRef.newBuilder()
                      .setCameraId(id)
                      .setSequence(++sequence)
                      .setPurpose(Purpose.WATCH)
                      .setCapturedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, capturedAt)))
              .setJpeg(ByteString.copyFrom(jpeg))
              .build();
      producer.send(new ProducerRecord<>(Topics.FRAMES.name(), id, frame));
    }

    @Override
    public void close() {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
