package io.facelogin.matcher.kafka;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.EnrolmentResult;
import io.facelogin.contract.v1.PersonKey;
import io.facelogin.matcher.MatcherSettings;
import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.TestKeys;
import io.facelogin.matcher.gallery.Gallery;
import io.facelogin.matcher.gallery.GalleryChange;
import io.facelogin.matcher.gallery.Reference;
import io.facelogin.matcher.gallery.TemplateRecords;
import io.facelogin.matcher.gallery.TestGallery;
import io.facelogin.matcher.state.Track;
import io.facelogin.models.liveness.LivenessSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology under Kafka's test driver, with a gallery that follows its topic at once. */
final class TopologyHarness implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final Gallery gallery;
  final TestKeys keys = new TestKeys();
  final MasterKeys masters = MasterKeys.passing();
  private final ReadableRecords readable;
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, byte[]> embeddings;
  private final TestInputTopic<String, byte[]> enrolments;
  private final TestOutputTopic<String, byte[]> galleryTopic;
  private final TestOutputTopic<String, Decision> decisions;
  private final TestOutputTopic<String, EnrolmentResult> results;

  private long clockMs = START.toEpochMilli();

  TopologyHarness(Path folder) throws IOException {
    this(folder, LivenessSettings.defaults());
  }

  TopologyHarness(Path folder, LivenessSettings liveness) throws IOException {
    MatcherSettings settings =
        MatcherSettings.defaults().withDataFolder(folder).withLiveness(liveness);
    gallery = TestGallery.open(folder.resolve("index"));
    KafkaConnection kafka = KafkaConnection.to("nowhere:1").withMasterKeys(masters);
    MatcherCore core =
        MatcherCore.of(
            settings, kafka, TestFaces.manifest(), gallery, keys, new TopologyMetrics(registry));
    readable = core.records();
    driver =
        new TopologyTestDriver(
            MatcherTopology.build(core), StreamsRunner.properties(settings, kafka), START);
    embeddings = input(Topics.EMBEDDINGS.name());
    enrolments = input(Topics.ENROLMENTS.name());
    galleryTopic =
        driver.createOutputTopic(
            Topics.GALLERY.name(), new StringDeserializer(), new ByteArrayDeserializer());
    decisions =
        driver.createOutputTopic(
            Topics.DECISIONS.name(),
            new StringDeserializer(),
            Topics.DECISIONS.valueSerde().deserializer());
    results =
        driver.createOutputTopic(
            Topics.ENROLMENT_RESULTS.name(),
            new StringDeserializer(),
            Topics.ENROLMENT_RESULTS.valueSerde().deserializer());
  }

  private TestInputTopic<String, byte[]> input(String topic) {
    return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
  }

  List<Decision> see(Embeddings... frames) {
    for (Embeddings frame : frames) {
      seeBytes(
          frame.getFrame().getCameraId(),
          frame.toByteArray(),
          frame.getFrame().getCapturedAtUs() / 1_000);
    }
    return decisions.readValuesToList();
  }

  void seeBytes(String key, byte[] value, long timestampMs) {
    embeddings.pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(timestampMs)));
  }

  /**
   * Sets the matcher's clock forward, a second at a time as a clock goes; that of the test driver
   * does not go back.
   */
  void clockAt(long ms) {
    while (ms > clockMs) {
      long stepMs = Math.min(1_000, ms - clockMs);
      driver.advanceWallClockTime(Duration.ofMillis(stepMs));
      clockMs += stepMs;
    }
  }

  List<Decision> decisionsAfter(Duration wallClock) {
    clockAt(clockMs + wallClock.toMillis());
    return decisions.readValuesToList();
  }

  /** Those that come when no camera or browser has sent anything for long. */
  List<Decision> decisionsOnceAllIsOver() {
    Duration step = Duration.ofSeconds(31);
    for (int i = 0; i < 3; i++) {
      driver.advanceWallClockTime(step);
      clockMs += step.toMillis();
    }
    return decisions.readValuesToList();
  }

  /** The results after the gallery has followed. */
  List<EnrolmentResult> command(EnrolmentCommand.Builder... commands) {
    for (EnrolmentCommand.Builder command : commands) {
      command(command.build());
    }
    follow();
    clockAt(clockMs + 100);
    return results.readValuesToList();
  }

  /** One that is not followed. */
  void command(EnrolmentCommand command) {
    EnrolmentCommand sealed = TestRecords.sealed(command, keys);
    commandBytes(command.getPersonId(), sealed.toByteArray());
  }

  void commandBytes(String key, byte[] value) {
    enrolments.pipeInput(key, value);
  }

  List<EnrolmentResult> resultsWithoutFollowing(Duration wallClock) {
    clockAt(clockMs + wallClock.toMillis());
    return results.readValuesToList();
  }

  List<TestRecord<String, byte[]>> follow() {
    List<TestRecord<String, byte[]>> records = galleryTopic.readRecordsToList();
    List<GalleryChange> changes = new ArrayList<>();
    for (TestRecord<String, byte[]> record : records) {
      changes.add(
          record.value() == null
              ? new GalleryChange.Erased(TemplateRecords.templateOf(record.key()))
              : readable.template(record.headers(), record.value()));
    }
    gallery.apply(changes, Map.of());
    return records;
  }

  /** Somebody on the gallery topic whom this application did not enrol. */
  void restored(Reference reference) {
    gallery.apply(List.of(new GalleryChange.Enrolled(reference)), Map.of());
  }

  /** What became of keys: a wrapped one, or null for one that is gone. */
  List<TestRecord<String, PersonKey>> keyChanges() {
    return driver
        .createOutputTopic(
            Topics.PERSON_KEYS.name(),
            new StringDeserializer(),
            Topics.PERSON_KEYS.valueSerde().deserializer())
        .readRecordsToList();
  }

  List<TestRecord<String, byte[]>> deadLetters(String topic) {
    return driver
        .createOutputTopic(topic + ".dlq", new StringDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** A track that an earlier run of the matcher left in the store. */
  void leftBehind(String cameraId, long trackId, Track track) {
    driver
        .<String, Track>getKeyValueStore(DecideProcessor.TRACKS)
        .put(TrackFollower.key(cameraId, trackId), track);
  }

  /** Entries in the store of tracks. */
  long tracks() {
    return driver.getKeyValueStore(DecideProcessor.TRACKS).approximateNumEntries();
  }

  @Override
  public void close() {
    driver.close();
    gallery.close();
  }
}
