package io.facelogin.capture.kafka;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.v1.Camera;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the list of cameras. Several agents share it by the partitions of the topic: each camera
 * belongs to exactly one agent, and another takes over when that one is gone. The list of a
 * partition is read from its beginning whenever the partition is newly ours, and handed on when it
 * is read whole, so that no outdated address is opened on the way.
 */
public final class CameraFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CameraFollower.class);
  private static final Duration POLL = Duration.ofMillis(250);

  /** Who runs the cameras. Called in the follower's thread only. */
  public interface Listener {

    /** These are now all cameras of the partition that is ours. */
    void camerasOf(int partition, Collection<Camera> cameras);

    /** The partition belongs to another agent from now on: its cameras must be closed on return. */
    void partitionGone(int partition);
  }

  private final Consumer<String, byte[]> consumer;
  private final Listener listener;
  private final Map<Integer, Map<String, Camera>> listed = new HashMap<>();
  private final Thread thread;
  private volatile boolean joined;
  private volatile boolean closed;

  public CameraFollower(KafkaConnection kafka, Listener listener) {
    Map<String, Object> config = kafka.consumerConfig();
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "capture-cameras");
    config.put(ConsumerConfig.GROUP_ID_CONFIG, "capture-agent");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    // A new agent takes over its share; the cameras of all others run on meanwhile.
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class));
    this.consumer =
        new KafkaConsumer<>(
            config, Topics.CAMERAS.keySerde().deserializer(), new ByteArrayDeserializer());
    this.listener = listener;
    this.thread = new Thread(this::follow, "camera-follower");
    thread.start();
  }

  /** Whether the list has been read; it may be empty. */
  public boolean isReady() {
    return joined;
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try (consumer) {
      consumer.subscribe(List.of(Topics.CAMERAS.name()), new Rebalance());
      while (!closed) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          read(record);
        }
        handOnWhatIsWhole();
      }
    } catch (WakeupException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  private void read(ConsumerRecord<String, byte[]> record) {
    Map<String, Camera> cameras = listed.get(record.partition());
    if (cameras == null) {
      return;
    }
    try {
      Camera camera = Topics.CAMERAS.decode(record);
      if (camera == null) {
        cameras.remove(record.key());
      } else {
        cameras.put(record.key(), camera);
      }
    } catch (UnreadableRecordException e) {
      LOG.warn(
          "Camera {} stays as it was: its record cannot be read: {}", record.key(), e.getMessage());
    }
  }

  private void handOnWhatIsWhole() {
    for (Map.Entry<Integer, Map<String, Camera>> partition : listed.entrySet()) {
      OptionalLong lag =
          consumer.currentLag(new TopicPartition(Topics.CAMERAS.name(), partition.getKey()));
      if (lag.isPresent() && lag.getAsLong() == 0) {
        listener.camerasOf(partition.getKey(), List.copyOf(partition.getValue().values()));
        joined = true;
      }
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      partitions.forEach(partition -> listed.put(partition.partition(), new HashMap<>()));
      consumer.seekToBeginning(partitions);
      if (partitions.isEmpty() && listed.isEmpty()) {
        joined = true; // more agents than partitions: this one stands by
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        listed.remove(partition.partition());
        listener.partitionGone(partition.partition());
      }
    }
  }
}
