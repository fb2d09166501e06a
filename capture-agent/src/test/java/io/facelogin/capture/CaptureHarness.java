package io.facelogin.capture;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.CameraState;
import io.facelogin.contract.v1.CameraStatus;
import io.facelogin.contract.v1.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A broker of its own, the list of cameras, and all that capture agents publish. */
final class CaptureHarness implements AutoCloseable {

  /** One record as it was received. */
  record Received<T>(T value, ConsumerRecord<String, byte[]> record, long atNanos) {}

  final List<Received<Frame>> frames = new CopyOnWriteArrayList<>();
  final List<Received<CameraStatus>> statuses = new CopyOnWriteArrayList<>();
  final List<String> forgotten = new CopyOnWriteArrayList<>();

  private final EmbeddedKafkaKraftBroker broker;
  private final KafkaConnection kafka;
  private final KafkaProducer<String, Camera> cameras;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread reader;

  CaptureHarness() throws Exception {
    broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperty("message.max.bytes", Integer.toString(2 * Topics.MAX_RECORD_BYTES));
    broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
    broker.brokerProperty("log.cleaner.dedupe.buffer.size", "4194304");
    broker.afterPropertiesSet();
    kafka = KafkaConnection.to(broker.getBrokersAsString()).withMasterKeys(MasterKeys.passing());
    TopicSetup.createMissing(kafka, (short) 1);
    cameras =
        new KafkaProducer<>(
            kafka.producerConfig(),
            Topics.CAMERAS.keySerde().serializer(),
            Topics.CAMERAS.valueSerde().serializer());
    consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(),
            Topics.FRAMES.keySerde().deserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?> topic : List.of(Topics.FRAMES, Topics.CAMERA_STATUS)) {
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new TopicPartition(topic.name(), i));
      }
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    reader = new Thread(this::read, "test-reader");
    reader.start();
  }

  KafkaConnection kafka() {
    return kafka;
  }

  /** Small enough waits that a test sees changes soon; else as by default. */
  static CaptureSettings settings() {
    CaptureSettings defaults = CaptureSettings.defaults();
    return new CaptureSettings(
        defaults.openTimeout(),
        Duration.ofSeconds(3),
        defaults.firstRetry(),
        defaults.longestRetry(),
        defaults.framesPerSecond(),
        defaults.jpegQuality(),
        defaults.framesInFlight(),
        defaults.brokerPatience(),
        Duration.ofSeconds(1));
  }

  static Camera.Builder camera(String id, String address) {
    return Camera.newBuilder()
        .setCameraId(id)
        .setName("Camera " + id)
        .setAddress(address)
        .setMinFacePx(40)
        .setMaxFramesPerSecond(10)
        .setEnabled(true);
  }

  void put(Camera camera) throws Exception {
    cameras.send(new ProducerRecord<>(Topics.CAMERAS.name(), camera.getCameraId(), camera)).get();
  }

  void remove(String cameraId) throws Exception {
    ProducerRecord<String, @Nullable Camera> tombstone =
        new ProducerRecord<>(Topics.CAMERAS.name(), cameraId, null);
    cameras.send(tombstone).get();
  }

  List<Received<Frame>> framesOf(String cameraId) {
    return frames.stream()
        .filter(frame -> frame.value.getRef().getCameraId().equals(cameraId))
        .toList();
  }

  /** The camera's states in order, repeats left out. */
  List<CameraState> statesOf(String cameraId) {
    List<CameraState> states = new ArrayList<>();
    for (Received<CameraStatus> status : statuses) {
      CameraState state = status.value.getState();
      if (status.value.getCameraId().equals(cameraId)
          && (states.isEmpty() || states.get(states.size() - 1) != state)) {
        states.add(state);
      }
    }
    return states;
  }

  @Nullable CameraStatus latestStatusOf(String cameraId) {
    CameraStatus latest = null;
    for (Received<CameraStatus> status : statuses) {
      if (status.value.getCameraId().equals(cameraId)) {
        latest = status.value;
      }
    }
    return latest;
  }

  boolean isIn(CameraState state, String cameraId) {
    CameraStatus latest = latestStatusOf(cameraId);
    return latest != null && latest.getState() == state;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cameras.close();
    broker.destroy();
  }

  private void read() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          long now = System.nanoTime();
          if (record.topic().equals(Topics.FRAMES.name())) {
            Frame frame = Objects.requireNonNull(kafka.open(Topics.FRAMES).decode(record));
            frames.add(new Received<>(frame, record, now));
          } else {
            CameraStatus status = Topics.CAMERA_STATUS.decode(record);
            if (status == null) {
              forgotten.add(record.key());
            } else {
              statuses.add(new Received<>(status, record, now));
            }
          }
        }
      }
    } catch (WakeupException e) {
      // Closed.
    }
  }
}
