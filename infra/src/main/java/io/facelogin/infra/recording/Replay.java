package io.facelogin.infra.recording;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.stage.Stage;
import io.facelogin.contract.v1.Decision;
import io.facelogin.infra.embedded.EmbeddedKafka;
import io.facelogin.infra.stages.Broker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays a recording through a pipeline of its own (broker, detector, encoder and matcher in an
 * empty folder, with the recorded gallery) and compares what is decided. Nothing of a running site
 * is touched, so it works on any machine.
 */
public final class Replay {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** Makes the stages that frames go through, in the order in which they are to be started. */
  public interface Pipeline {

    /**
     * @param folder for what the stages keep
     */
    List<Stage> stages(KafkaConnection kafka, Path folder);

    /** Time without a decision after which none is to be expected. */
    Duration lastWord();
  }

  /** Told how many of the frames are played; must be quick. */
  public interface Progress {
    void played(int frames, int of);
  }

  /**
   * What came of it.
   *
   * @param truncated the recording was cut off; what is there was replayed
   * @param skipped frames that the recorded pipeline had not looked at, and the replay neither
   */
  public record Report(
      int playedFrames, int skipped, boolean truncated, DecisionComparison decisions) {}

  private final Path file;
  private final MasterKeys masters;
  private final RecordingContents contents;

  private Replay(Path file, MasterKeys masters, RecordingContents contents) {
    this.file = file;
    this.masters = masters;
    this.contents = contents;
  }

  /**
   * @param masters of the recorded site: faces are as sealed in a recording as on its topics
   * @throws UnusableRecordingException if the file is no recording, or one that cannot be compared
   */
  public static Replay of(Path file, MasterKeys masters)
      throws IOException, UnusableRecordingException {
    RecordingContents contents = RecordingContents.of(file, masters);
    for (var topic : RecorderSettings.REPLAYABLE) {
      if (!contents.facts().topics().contains(topic.name())) {
        throw new UnusableRecordingException(
            file
                + " was recorded without the topic "
                + topic.name()
                + " and cannot be replayed. Record it with the topics frames, embeddings,"
                + " decisions, gallery and person-keys.");
      }
    }
    if (contents.processed().isEmpty()) {
      throw new UnusableRecordingException(
          file + " holds no frame that was looked at. Record while cameras are running.");
    }
    return new Replay(file, masters, contents);
  }

  /** Ids of the encoders that made the recorded embeddings. */
  public List<String> models() {
    return List.copyOf(contents.models());
  }

  /**
   * @param folder empty, for the broker and the stages; the caller removes it
   * @param log gets a line now and then
   */
  public Report run(Pipeline pipeline, Path folder, Consumer<String> log, Progress progress)
      throws IOException, UnusableRecordingException, InterruptedException {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"))) {
      KafkaConnection kafka = broker.connection().withMasterKeys(masters);
      Broker.prepare(kafka, START_LIMIT, log);
      try (RecordingReader reader = new RecordingReader(file);
          ReplayAnswers answers = new ReplayAnswers(kafka);
          FramePlayer player = new FramePlayer(kafka, answers, contents.processed())) {
        RecordedRecord first = loadGallery(reader, player);
        List<Stage> stages = new ArrayList<>();
        try {
          for (Stage stage : pipeline.stages(kafka, folder)) {
            stages.add(stage);
            stage.start();
          }
          awaitReady(stages);
          for (RecordedRecord record = first; record != null; record = reader.next()) {
            player.play(record);
            progress.played(player.playedFrames(), contents.processed().size());
          }
          player.finish(pipeline.lastWord());
        } finally {
          for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i).close();
          }
        }
        return report(answers.decisions(), player.playedFrames());
      }
    }
  }

  /** The gallery as it was stands first. Returns the record after it. */
  private static @Nullable RecordedRecord loadGallery(RecordingReader reader, FramePlayer player)
      throws IOException, InterruptedException {
    RecordedRecord record = reader.next();
    while (record != null && FramePlayer.isOfGallery(record)) {
      player.loadTemplate(record);
      record = reader.next();
    }
    return record;
  }

  private static void awaitReady(List<Stage> stages) throws InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    for (Stage stage : stages) {
      while (!stage.health().isReady()) {
        if (System.nanoTime() > end || !stage.health().isAlive()) {
          throw new IllegalStateException(
              "The stage " + stage.name() + " did not become ready: " + stage.health().message());
        }
        Thread.sleep(50);
      }
    }
  }

  private Report report(List<Decision> replayed, int playedFrames) {
    return new Report(
        playedFrames,
        contents.frames().size() - contents.processed().size(),
        contents.truncated(),
        DecisionComparison.of(
            contents.decisions().stream().filter(contents::compares).toList(),
            replayed.stream().filter(contents::compares).toList()));
  }
}
