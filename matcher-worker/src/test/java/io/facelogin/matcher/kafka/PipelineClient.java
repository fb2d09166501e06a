package io.facelogin.matcher.kafka;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyRecords;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.EnrolmentResult;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.matcher.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks matchers over Kafka and waits for the answer, as the web page does. */
public final class PipelineClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConnection kafka;
  private final TestKeys keys = new TestKeys();
  private long sequence;

  public PipelineClient(KafkaConnection kafka) {
    this.kafka = kafka;
    try {
      TopicSetup.createMissing(kafka, (short) 1);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    producer =
        new KafkaProducer<>(
            kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer());
  }

  public EnrolmentResult enrol(String personId, int person) {
    DataKey key = keys.of(personId);
    publish(
        new ProducerRecord<>(
            Topics.PERSON_KEYS.name(),
            personId,
            PersonKeyRecords.wrap(
                    new PersonId(personId), key, Instant.EPOCH, kafka.masterKeysOrThrow())
                .toByteArray()));
    return command(
        TestRecords.enrol(
            UUID.randomUUID().toString(), personId, TestRecords.samples(person, 3, ++sequence)));
  }

  public EnrolmentResult erase(String personId) {
    return command(TestRecords.erase(UUID.randomUUID().toString(), personId));
  }

  private EnrolmentResult command(EnrolmentCommand.Builder command) {
    return ask(
        new ProducerRecord<>(
            Topics.ENROLMENTS.name(),
            command.getPersonId(),
            TestRecords.sealed(command.build(), keys).toByteArray()),
        Topics.ENROLMENT_RESULTS,
        result -> result.getCommandId().equals(command.getCommandId()));
  }

  public Decision identify(float[] vector) {
    String camera = "rest-" + UUID.randomUUID();
    Embeddings still =
        TestRecords.frame(
            Purpose.IDENTIFY, camera, 1, System.currentTimeMillis(), TestRecords.face(1, vector));
    return ask(
        embeddings(still),
        Topics.DECISIONS,
        decision -> decision.getFrame().getCameraId().equals(camera));
  }

  /** A frame of a camera at a site, one face on each track; nothing is waited for. */
  public void watch(String camera, long frame, float[]... vectors) {
    EmbeddedFace[] faces = new EmbeddedFace[vectors.length];
    for (int track = 0; track < vectors.length; track++) {
      faces[track] = TestRecords.face(track + 1, vectors[track]);
    }
    producer.send(
        embeddings(
            TestRecords.frame(Purpose.WATCH, camera, frame, System.currentTimeMillis(), faces)));
  }

  private ProducerRecord<String, byte[]> embeddings(Embeddings frame) {
    return new ProducerRecord<>(
        Topics.EMBEDDINGS.name(),
        frame.getFrame().getCameraId(),
        kafka
            .open(Topics.EMBEDDINGS)
            .valueSerde()
            .serializer()
            .serialize(Topics.EMBEDDINGS.name(), frame));
  }

  private void publish(ProducerRecord<String, byte[]> record) {
    producer.send(record);
    producer.flush();
  }

  private <T extends MessageLite> T ask(
      ProducerRecord<String, byte[]> question, Topic<T> answers, Predicate<T> mine) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(answers.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList());
      consumer.seekToEnd(consumer.assignment());
      consumer.assignment().forEach(consumer::position);
      publish(question);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          T answer = answers.decode(record);
          if (answer != null && mine.test(answer)) {
            return answer;
          }
        }
      }
    }
    throw new AssertionError("no answer on " + answers.name() + " within " + PATIENCE);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
