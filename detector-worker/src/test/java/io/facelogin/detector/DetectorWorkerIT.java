package io.facelogin.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.facelogin.contract.ModelId;
import io.facelogin.contract.kafka.Headers;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.mtcnn.MtcnnDetector;
import io.facelogin.models.quality.QualityJudge;
import io.facelogin.models.quality.QualityThresholds;
import io.facelogin.models.store.ModelStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The worker on a real broker, with the real networks on a real face. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DetectorWorkerIT {

  private static final MasterKeys MASTERS = MasterKeys.passing();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private RestartableBroker broker;
  private FaceFinder finder;
  private DetectorWorker worker;
  private Producer<String, byte[]> producer;
  private Consumer<String, byte[]> consumer;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    broker = new RestartableBroker(folder);
    KafkaConnection kafka = KafkaConnection.to(broker.address()).withMasterKeys(MASTERS);
    TopicSetup.createMissing(kafka, (short) 1);
    producer =
        new KafkaProducer<>(
            kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < Topics.FACES.partitions(); i++) {
      partitions.add(new TopicPartition(Topics.FACES.name(), i));
    }
    for (int i = 0; i < 3; i++) {
      partitions.add(new TopicPartition(Topics.FRAMES.deadLetterName(), i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    finder =
        new FaceFinder(
            new MtcnnDetector(
                new ModelId("mtcnn"), new ModelStore(folder.resolve("models")).weights("mtcnn")),
            new FaceAligner(AlignmentTemplate.ARCFACE_112),
            new QualityJudge(QualityThresholds.defaults()));
    worker =
        new DetectorWorker(DetectorSettings.defaults(), kafka, finder, Optional::empty, registry);
    worker.start();
    await().atMost(PATIENCE).until(() -> worker.health().isReady());
  }

  @AfterAll
  void stop() {
    worker.close();
    finder.close();
    consumer.close();
    producer.close(Duration.ZERO);
    broker.close();
  }

  @Test
  @Order(1)
  void frameWithAFaceIsAnsweredWithCropQualityAndTrace() throws Exception {
    send(frame("door", 1, Purpose.LOGIN, TestFace.jpeg()).build());

    ConsumerRecord<String, byte[]> record = next();
    Faces faces = faces(record);
    assertThat(faces.getProblemsList()).isEmpty();
    assertThat(faces.getFacesList()).hasSize(1);
    var face = faces.getFaces(0);
    assertThat(face.getCropRgb().size()).isEqualTo(112 * 112 * 3);
    assertThat(face.getAlignment()).isEqualTo("arcface-112");
    assertThat(face.getLandmarksCount()).isEqualTo(5);
    assertThat(face.getTrackId()).isPositive();
    assertThat(face.getQuality().getReasonsList()).isEmpty();
    assertThat(face.getQuality().getOverall()).isBetween(0.3f, 1f);
    assertThat(faces.getFrame().getWidthPx()).isPositive();
    assertThat(faces.getTrace().getDetectedUs())
        .isGreaterThanOrEqualTo(faces.getTrace().getDetectorReceivedUs());
    assertThat(header(record, Headers.TRACE)).isEqualTo("trace-1");
    assertThat(header(record, Headers.MODEL)).isEqualTo("mtcnn");
    assertThat(header(record, Headers.SCHEMA)).isEqualTo("1");
  }

  @Test
  @Order(2)
  void badJpegIsAnsweredAndTheNextFrameGoesOn() throws Exception {
    send(frame("door", 2, Purpose.LOGIN, new byte[] {1, 2, 3}).build());
    assertThat(faces(next()).getProblemsList()).containsExactly(Reason.BAD_FRAME);

    send(frame("door", 3, Purpose.LOGIN, TestFace.withoutFace()).build());
    assertThat(faces(next()).getProblemsList()).contains(Reason.NO_FACE);
  }

  @Test
  @Order(3)
  void unreadableRecordGoesToTheDeadLetters() throws Exception {
    producer
        .send(new ProducerRecord<>(Topics.FRAMES.name(), "door", new byte[] {9, 9, 9, 9}))
        .get();
    ConsumerRecord<String, byte[]> letter = next();
    assertThat(letter.topic()).isEqualTo(Topics.FRAMES.deadLetterName());
    assertThat(header(letter, Headers.ERROR_KIND)).isEqualTo("DAMAGED");
  }

  @Test
  @Order(4)
  void staleFrameIsCountedAndTheBrowserIsTold() throws Exception {
    Frame.Builder old = frame("browser-1", 1, Purpose.LOGIN, TestFace.jpeg());
    old.getRefBuilder()
        .setSessionId("session")
        .setCapturedAtUs(old.getRef().getCapturedAtUs() - 10_000_000);
    send(old.build());
    assertThat(faces(next()).getProblemsList()).containsExactly(Reason.STALE);
    assertThat(registry.counter(DetectorMetrics.DROPPED, "reason", "STALE").count()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void everyFrameReceivedIsEitherProcessedOrDropped() {
    double dropped =
        registry.find(DetectorMetrics.DROPPED).counters().stream()
            .mapToDouble(counter -> counter.count())
            .sum();
    assertThat(registry.counter(DetectorMetrics.RECEIVED).count() - dropped)
        .isEqualTo(registry.counter(DetectorMetrics.PROCESSED).count());
  }

  @Test
  @Order(6)
  void workerSaysThatTheBrokerIsAwayAndGoesOnWhenItIsBack() throws Exception {
    broker.goAway();
    await().atMost(PATIENCE).until(() -> !worker.health().isReady());
    assertThat(worker.health().message()).contains(broker.address());
    assertThat(worker.health().isAlive()).isTrue();

    broker.comeBack();
    await().atMost(PATIENCE).until(() -> worker.health().isReady());
    assertThat(faces(firstOfACamera("door", 9)).getFacesList()).hasSize(1);
  }

  /** What becomes of a camera's frames, the first that is not passed by unseen. */
  private ConsumerRecord<String, byte[]> firstOfACamera(String camera, long firstSequence) {
    AtomicLong sequence = new AtomicLong(firstSequence);
    List<ConsumerRecord<String, byte[]>> got = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              send(
                  frame(camera, sequence.getAndIncrement(), Purpose.LOGIN, TestFace.jpeg())
                      .build());
              consumer.poll(Duration.ofSeconds(1)).forEach(got::add);
              return !got.isEmpty();
            });
    return got.get(0);
  }

  private static Frame.Builder frame(String camera, long sequence, Purpose purpose, byte[] jpeg) {
    return Frame.newBuilder()
        .setRef(
            FrameRef.newBuilder()
                .setCameraId(camera)
                .setSequence(sequence)
                .setPurpose(purpose)
                .setCapturedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())))
        .setJpeg(ByteString.copyFrom(jpeg));
  }

  private void send(Frame frame) throws Exception {
    var headers = new RecordHeaders();
    byte[] value =
        Topics.FRAMES
            .sealedBy(MASTERS)
            .valueSerde()
            .serializer()
            .serialize(Topics.FRAMES.name(), headers, frame);
    headers.add(
        Headers.TRACE, ("trace-" + frame.getRef().getSequence()).getBytes(StandardCharsets.UTF_8));
    producer
        .send(
            new ProducerRecord<>(
                Topics.FRAMES.name(), null, frame.getRef().getCameraId(), value, headers))
        .get();
  }

  private ConsumerRecord<String, byte[]> next() {
    List<ConsumerRecord<String, byte[]>> got = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(200)).forEach(got::add);
              return !got.isEmpty();
            });
    assertThat(got).hasSize(1);
    return got.get(0);
  }

  private static Faces faces(ConsumerRecord<String, byte[]> record) {
    return Objects.requireNonNull(Topics.FACES.sealedBy(MASTERS).decode(record), "a tombstone");
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
