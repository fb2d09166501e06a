package io.facelogin.infra.backup;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.contract.v1.KeptRecord;
import io.facelogin.web.backup.Manifest.KeptTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Fills the topics of an empty broker, each record into the partition that it came from. */
final class TopicImport implements AutoCloseable {

  private final KafkaProducer<String, byte[]> producer;
  private volatile @Nullable Exception refused;

  TopicImport(KafkaConnection kafka, List<KeptTopic> topics)
      throws ExecutionException, InterruptedException {
    TopicSetup.createMissing(kafka, (short) 1);
    makePartitions(kafka, topics);
    Map<String, Object> config = kafka.producerConfig();
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /** A cluster may have had more of them. */
  private static void makePartitions(KafkaConnection kafka, List<KeptTopic> topics)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      Map<String, NewPartitions> more = new HashMap<>();
      var present =
          admin.describeTopics(topics.stream().map(KeptTopic::name).toList()).allTopicNames().get();
      for (KeptTopic topic : topics) {
        var description = present.get(topic.name());
        if (description != null && description.partitions().size() < topic.partitions()) {
          more.put(topic.name(), NewPartitions.increaseTo(topic.partitions()));
        }
      }
      admin.createPartitions(more).all().get();
    }
  }

  void send(String topic, KeptRecord kept) {
    var record =
        new ProducerRecord<>(
            topic,
            kept.getPartition(),
            kept.getTimestampMs(),
            kept.getKey(),
            kept.getValue().toByteArray());
    kept.getHeadersList()
        .forEach(header -> record.headers().add(header.getName(), header.getValue().toByteArray()));
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure != null) {
            refused = failure;
          }
        });
  }

  /** Returns when all that was sent is kept. */
  void flush() throws ExecutionException {
    producer.flush();
    Exception failure = refused;
    if (failure != null) {
      throw new ExecutionException("The broker did not take a record", failure);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
