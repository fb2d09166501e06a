package io.facelogin.web.kafka;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.kafka.DeadLetters;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.web.observe.WebMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.stereotype.Component;
import org.springframework.util.backoff.FixedBackOff;

/**
 * What this instance watches: every record of a topic, because any browser may be connected here.
 * There is no consumer group, so a start costs no rebalance and nothing is committed. A feed begins
 * at an offset asked for explicitly before it is {@link #isCaughtUp() caught up}: from then on no
 * answer can slip by. While the broker is away it waits.
 */
@Component
public class Feeds implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

  /** Where a feed begins. */
  public enum Start {
    /** Only what happens from now on. */
    NOW,
    /** Everything there is: for compacted topics, which hold the present state. */
    BEGINNING
  }

  /** Gets each record on the feed's thread; must not block. */
  @FunctionalInterface
  public interface Listener<T extends MessageLite> {
    /**
     * @param value null for a tombstone
     */
    void receive(String key, @org.jspecify.annotations.Nullable T value);
  }

  private record Feed<T extends MessageLite>(
      Topic<T> topic, Start start, boolean onlyReader, Listener<T> listener) {}

  private final KafkaConnection kafka;
  private final DeadLetters deadLetters;
  private final WebMetrics metrics;
  private final List<Feed<?>> feeds = new ArrayList<>();
  private final List<KafkaMessageListenerContainer<String, byte[]>> containers =
      new CopyOnWriteArrayList<>();
  private volatile boolean running;
  private volatile boolean caughtUp;

  Feeds(KafkaConnection kafka, Outgoing outgoing, WebMetrics metrics) {
    this.kafka = kafka;
    this.deadLetters = outgoing.deadLetters();
    this.metrics = metrics;
  }

  /** To be called while Spring wires the beans, before the feeds start. */
  public <T extends MessageLite> void follow(Topic<T> topic, Start start, Listener<T> listener) {
    feeds.add(new Feed<>(kafka.open(topic), start, false, listener));
  }

  /** As {@link #follow}, for a topic that nobody else reads: unreadable records are set aside. */
  public <T extends MessageLite> void followAsOnlyReader(
      Topic<T> topic, Start start, Listener<T> listener) {
    feeds.add(new Feed<>(kafka.open(topic), start, true, listener));
  }

  /** Whether every feed has its place in its topic. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  @Override
  public void start() {
    running = true;
    Thread thread = new Thread(this::openAll, "web-feeds");
    thread.setDaemon(true);
    thread.start();
  }

  private void openAll() {
    List<Feed<?>> waiting = new ArrayList<>(feeds);
    boolean complained = false;
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      while (running && !waiting.isEmpty()) {
        try {
          open(waiting.get(0), admin);
          waiting.remove(0);
        } catch (ExecutionException | TimeoutException e) {
          if (!complained) {
            LOG.warn("Waiting for topic {}: {}", waiting.get(0).topic().name(), e.toString());
            complained = true;
          }
          TimeUnit.SECONDS.sleep(1);
        }
      }
      caughtUp = running;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T extends MessageLite> void open(Feed<T> feed, Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    ContainerProperties properties = new ContainerProperties(places(feed, admin));
    properties.setAckMode(AckMode.MANUAL);
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(5));
    properties.setMessageListener((MessageListener<String, byte[]>) record -> hand(record, feed));
    Map<String, Object> config = kafka.consumerConfig();
    // Never committed to; some brokers want to see a group in their access rules.
    config.put(ConsumerConfig.GROUP_ID_CONFIG, "web-ui-" + UUID.randomUUID());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    var container =
        new KafkaMessageListenerContainer<String, byte[]>(
            new DefaultKafkaConsumerFactory<>(
                config, new StringDeserializer(), new ByteArrayDeserializer()),
            properties);
    container.setBeanName("web-" + feed.topic().name());
    container.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(0, 0)));
    containers.add(container);
    container.start();
  }

  private static TopicPartitionOffset[] places(Feed<?> feed, Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    String topic = feed.topic().name();
    TopicDescription description =
        admin
            .describeTopics(List.of(topic))
            .allTopicNames()
            .get(10, TimeUnit.SECONDS)
            .getOrDefault(topic, new TopicDescription(topic, false, List.of()));
    Map<TopicPartition, OffsetSpec> asked = new java.util.HashMap<>();
    description
        .partitions()
        .forEach(
            partition ->
                asked.put(
                    new TopicPartition(topic, partition.partition()),
                    feed.start() == Start.NOW ? OffsetSpec.latest() : OffsetSpec.earliest()));
    Map<TopicPartition, ListOffsetsResultInfo> offsets =
        admin.listOffsets(asked).all().get(10, TimeUnit.SECONDS);
    return offsets.entrySet().stream()
        .map(
            entry ->
                new TopicPartitionOffset(
                    topic, entry.getKey().partition(), entry.getValue().offset()))
        .toArray(TopicPartitionOffset[]::new);
  }

  private <T extends MessageLite> void hand(ConsumerRecord<String, byte[]> record, Feed<T> feed) {
    metrics.received(record.topic());
    T value;
    try {
      value = feed.topic().decode(record);
    } catch (UnreadableRecordException e) {
      metrics.unreadable(record.topic());
      if (feed.onlyReader()) {
        deadLetters.setAside(record, feed.topic(), e.kind().name());
      }
      return;
    }
    if (record.key() != null) {
      feed.listener().receive(record.key(), value);
    }
  }

  @Override
  public void stop() {
    running = false;
    containers.forEach(KafkaMessageListenerContainer::stop);
    containers.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
