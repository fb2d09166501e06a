package io.facelogin.infra.recording;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.v1.Frame;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Gives recorded frames to a pipeline as fast as it takes them, and never more at once than it can
 * work on. The frames are untouched: camera, sequence and time of capture are the recorded ones, so
 * that tracks and decisions get the same ids. For one thread.
 */
final class FramePlayer implements AutoCloseable {

  /** Two polls of the detector: it never waits for us, and no camera runs far ahead of another. */
  private static final int FRAMES_UNDER_WAY = 16;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A change of the gallery is in every matcher well within this time. */
  private static final Duration GALLERY_SETTLES = Duration.ofSeconds(2);

  private final Producer<String, byte[]> producer;
  private final ReplayAnswers answers;
  private final Topic<Frame> frames;
  private final Set<FrameKey> toPlay;
  private final Set<FrameKey> played = new HashSet<>();
  private final Set<FrameKey> underWay = new HashSet<>();

  /**
   * @param toPlay the frames that the recorded pipeline looked at
   */
  FramePlayer(KafkaConnection kafka, ReplayAnswers answers, Set<FrameKey> toPlay) {
    producer =
        new KafkaProducer<>(
            kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer());
    this.answers = answers;
    this.frames = kafka.open(Topics.FRAMES);
    this.toPlay = toPlay;
  }

  static boolean isOfGallery(RecordedRecord record) {
    return record.topic().equals(Topics.GALLERY.name())
        || record.topic().equals(Topics.PERSON_KEYS.name());
  }

  /** Of the gallery as it was, before the pipeline is started. */
  void loadTemplate(RecordedRecord template) throws InterruptedException {
    send(template);
  }

  void play(RecordedRecord record) throws InterruptedException {
    if (isOfGallery(record)) {
      awaitAnswers(0);
      send(record);
      settle(GALLERY_SETTLES);
    } else if (record.topic().equals(Topics.FRAMES.name())) {
      FrameKey frame = keyOf(record);
      if (frame != null && toPlay.contains(frame) && played.add(frame)) {
        awaitAnswers(FRAMES_UNDER_WAY - 1);
        underWay.add(frame);
        send(record);
      }
    }
  }

  int playedFrames() {
    return played.size();
  }

  /** Until every frame is encoded, and what is decided of them too. */
  void finish(Duration lastWord) {
    awaitAnswers(0);
    settle(lastWord);
  }

  @Override
  public void close() {
    producer.close();
  }

  /** Until nothing new has come for that long. */
  private void settle(Duration quiet) {
    answers.await(Duration.ofMillis(100));
    long end = System.nanoTime() + quiet.toNanos();
    while (System.nanoTime() < end || answers.quietFor().compareTo(quiet) < 0) {
      answers.await(Duration.ofMillis(100));
    }
  }

  private void awaitAnswers(int most) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    underWay.removeIf(answers::hasEncoded);
    while (underWay.size() > most) {
      int before = underWay.size();
      answers.await(Duration.ofMillis(200));
      underWay.removeIf(answers::hasEncoded);
      if (underWay.size() < before) {
        end = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > end) {
        throw new IllegalStateException(
            underWay.size()
                + " frames were not encoded within "
                + PATIENCE.toSeconds()
                + " s, the first of them "
                + underWay.iterator().next());
      }
    }
  }

  /** The broker's own time: recorded ones may be older than it keeps records. */
  private void send(RecordedRecord record) throws InterruptedException {
    @SuppressWarnings("NullAway") // Kafka's record takes a null key and value, unannotated
    ProducerRecord<String, byte[]> sent =
        new ProducerRecord<>(record.topic(), record.key(), record.value());
    record.headers().forEach(header -> sent.headers().add(header.name(), header.value()));
    try {
      producer.send(sent).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The replay's own broker refuses a record", e);
    }
  }

  private @Nullable FrameKey keyOf(RecordedRecord record) {
    try {
      Frame frame = frames.decode(record.toConsumed());
      return frame == null ? null : FrameKey.of(frame.getRef());
    } catch (UnreadableRecordException e) {
      return null;
    }
  }
}
