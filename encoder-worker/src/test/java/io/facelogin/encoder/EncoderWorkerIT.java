package io.facelogin.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.facelogin.contract.ModelId;
import io.facelogin.contract.kafka.Headers;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.MirroredEncoder;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.mobilefacenet.MobileFaceNet;
import io.facelogin.models.store.ModelStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The worker on a real broker with the real network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncoderWorkerIT {

  private static final MasterKeys MASTERS = MasterKeys.passing();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ALIGNMENT = AlignmentTemplate.ARCFACE_112.name();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private EmbeddedKafkaKraftBroker broker;
  private MobileFaceNet network;
  private EncoderWorker worker;
  private Producer<String, byte[]> producer;
  private Consumer<String, byte[]> consumer;

  @BeforeAll
  void start() throws Exception {
    broker =
        new EmbeddedKafkaKraftBroker(
            1, 1, Topics.FACES.name(), Topics.EMBEDDINGS.name(), Topics.FACES.deadLetterName());
    broker.afterPropertiesSet();
    KafkaConnection kafka = KafkaConnection.to(broker.getBrokersAsString()).withMasterKeys(MASTERS);
    producer =
        new KafkaProducer<>(
            kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(
            new TopicPartition(Topics.EMBEDDINGS.name(), 0),
            new TopicPartition(Topics.FACES.deadLetterName(), 0));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    network =
        new MobileFaceNet(
            new ModelId("mobilefacenet"),
            ALIGNMENT,
            new ModelStore(Path.of("target/no-models")).weights("mobilefacenet"));
    worker = new EncoderWorker(EncoderSettings.defaults(), kafka, network, registry);
    worker.start();
    await().atMost(PATIENCE).until(() -> worker.health().isReady());
  }

  @AfterAll
  void stop() {
    worker.close();
    network.close();
    consumer.close();
    producer.close(Duration.ZERO);
    broker.destroy();
    System.clearProperty("spring.kafka.bootstrap-servers");
  }

  @Test
  void facesComeBackWithTheVectorsOfFaceAndMirrorImageInOrder() throws Exception {
    byte[] first = noise(1);
    byte[] second = noise(2);
    send(
        Faces.newBuilder()
            .setFrame(ref(1))
            .addFaces(crop(11, first))
            .addFaces(crop(12, second))
            .build());
    send(Faces.newBuilder().setFrame(ref(2)).addProblems(Reason.NO_FACE).build());

    ConsumerRecord<String, byte[]> record = next();
    Embeddings embeddings = embeddings(record);
    List<Embedding> wanted;
    try (var encoder =
        new MirroredEncoder(
            new MobileFaceNet(
                new ModelId("mobilefacenet"),
                ALIGNMENT,
                new ModelStore(Path.of("target/no-models")).weights("mobilefacenet")))) {
      wanted =
          encoder.encode(
              List.of(
                  new AlignedFace(first, 112, 112, ALIGNMENT),
                  new AlignedFace(second, 112, 112, ALIGNMENT)));
    }
    assertThat(embeddings.getFacesList()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(embeddings.getFaces(i).getTrackId()).isEqualTo(11 + i);
      assertThat(vector(embeddings, i).cosineSimilarity(wanted.get(i))).isGreaterThan(0.99999f);
    }
    assertThat(embeddings.getTrace().getEncodedUs()).isPositive();
    assertThat(header(record, Headers.MODEL)).isEqualTo("mobilefacenet");
    assertThat(header(record, Headers.TRACE)).isEqualTo("trace-1");

    Embeddings empty = embeddings(next());
    assertThat(empty.getFrame().getSequence()).isEqualTo(2);
    assertThat(empty.getProblemsList()).containsExactly(Reason.NO_FACE);

    producer.send(new ProducerRecord<>(Topics.FACES.name(), "door", new byte[] {9, 9})).get();
    assertThat(next().topic()).isEqualTo(Topics.FACES.deadLetterName());
    assertThat(registry.counter(EncoderMetrics.ENCODED).count()).isEqualTo(2);
    assertThat(registry.counter(EncoderMetrics.RECEIVED).count()).isEqualTo(3);
    assertThat(registry.counter(EncoderMetrics.PROCESSED).count()).isEqualTo(2);
  }

  private static Embedding vector(Embeddings embeddings, int face) {
    float[] vector = new float[embeddings.getFaces(face).getVectorCount()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = embeddings.getFaces(face).getVector(i);
    }
    return new Embedding(new ModelId(embeddings.getModelId()), vector);
  }

  private static FrameRef ref(long sequence) {
    return FrameRef.newBuilder()
        .setCameraId("door")
        .setSequence(sequence)
        .setPurpose(Purpose.WATCH)
        .build();
  }

  private static FaceCrop crop(long trackId, byte[] rgb) {
    return FaceCrop.newBuilder()
        .setTrackId(trackId)
        .setCropRgb(ByteString.copyFrom(rgb))
        .setCropWidthPx(112)
        .setCropHeightPx(112)
        .setAlignment(ALIGNMENT)
        .build();
  }

  private static byte[] noise(long seed) {
    byte[] rgb = new byte[112 * 112 * 3];
    new Random(seed).nextBytes(rgb);
    return rgb;
  }

  private void send(Faces faces) throws Exception {
    var headers = new RecordHeaders();
    byte[] value =
        Topics.FACES
            .sealedBy(MASTERS)
            .valueSerde()
            .serializer()
            .serialize(Topics.FACES.name(), headers, faces);
    headers.add(
        Headers.TRACE,
        ("trace-" + faces.getFrame().getSequence()).getBytes(StandardCharsets.UTF_8));
    producer.send(new ProducerRecord<>(Topics.FACES.name(), null, "door", value, headers)).get();
  }

  private final List<ConsumerRecord<String, byte[]>> waiting = new ArrayList<>();

  private ConsumerRecord<String, byte[]> next() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              if (waiting.isEmpty()) {
                consumer.poll(Duration.ofMillis(200)).forEach(waiting::add);
              }
              return !waiting.isEmpty();
            });
    return waiting.remove(0);
  }

  private static Embeddings embeddings(ConsumerRecord<String, byte[]> record) {
    return Objects.requireNonNull(
        Topics.EMBEDDINGS.sealedBy(MASTERS).decode(record), "a tombstone");
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
