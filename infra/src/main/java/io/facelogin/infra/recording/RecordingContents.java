package io.facelogin.infra.recording;

import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a recording holds, read once from beginning to end; pictures stay in the file.
 *
 * @param frames of cameras and browsers
 * @param processed those that the recorded pipeline looked at; it skips frames when it is behind,
 *     and a replay leaves out the same ones
 * @param decisions on frames of cameras and browsers
 * @param models ids of the encoders that made the embeddings
 * @param lastCapturedUs of the frames, microseconds since the epoch
 * @param truncated the file was cut off
 */
record RecordingContents(
    RecordingFacts facts,
    Set<FrameKey> frames,
    Set<FrameKey> processed,
    List<Decision> decisions,
    Set<String> models,
    long lastCapturedUs,
    boolean truncated) {

  /**
   * Tracks that are under way at the end are over in the replay, but went on in reality: what was
   * decided of the last frames is not compared.
   */
  private static final Duration TAIL = Duration.ofSeconds(2);

  static RecordingContents of(Path file, MasterKeys masters)
      throws IOException, UnusableRecordingException {
    Topic<Frame> frameTopic = Topics.FRAMES.sealedBy(masters);
    Topic<Embeddings> embeddingsTopic = Topics.EMBEDDINGS.sealedBy(masters);
    Set<FrameKey> frames = new HashSet<>();
    Set<FrameKey> processed = new HashSet<>();
    List<Decision> decisions = new ArrayList<>();
    Set<String> models = new TreeSet<>();
    long lastCapturedUs = 0;
    try (RecordingReader reader = new RecordingReader(file)) {
      for (RecordedRecord record = reader.next(); record != null; record = reader.next()) {
        try {
          if (record.topic().equals(Topics.FRAMES.name())) {
            Frame frame = frameTopic.decode(record.toConsumed());
            if (frame != null && FrameKey.isOfVideo(frame.getRef())) {
              frames.add(FrameKey.of(frame.getRef()));
              lastCapturedUs = Math.max(lastCapturedUs, frame.getRef().getCapturedAtUs());
            }
          } else if (record.topic().equals(Topics.EMBEDDINGS.name())) {
            Embeddings embeddings = embeddingsTopic.decode(record.toConsumed());
            if (embeddings != null
                && FrameKey.isOfVideo(embeddings.getFrame())
                // A browser is told when its frame came too late to be looked at.
                && !embeddings.getProblemsList().contains(Reason.STALE)) {
              processed.add(FrameKey.of(embeddings.getFrame()));
              models.add(embeddings.getModelId());
            }
          } else if (record.topic().equals(Topics.DECISIONS.name())) {
            Decision decision = Topics.DECISIONS.decode(record.toConsumed());
            if (decision != null && FrameKey.isOfVideo(decision.getFrame())) {
              decisions.add(decision);
            }
          }
        } catch (UnreadableRecordException e) {
          if (e.kind() == UnreadableRecordException.Kind.SEALED) {
            throw new UnusableRecordingException(
                file
                    + " cannot be opened: "
                    + e.getMessage()
                    + ". Name the key of the recorded site with --master-key-file.");
          }
          // Recorded as it was; no code of this version could have decided anything of it.
        }
      }
      models.remove("");
      processed.retainAll(frames);
      return new RecordingContents(
          reader.facts(),
          frames,
          processed,
          decisions,
          models,
          lastCapturedUs,
          reader.isTruncated());
    }
  }

  /** Whether a decision on this frame, taken at that time, is to be the same in a replay. */
  boolean compares(Decision decision) {
    Instant from = facts.comparedFrom();
    long fromUs = from.getEpochSecond() * 1_000_000 + from.getNano() / 1_000;
    long capturedUs = decision.getFrame().getCapturedAtUs();
    return capturedUs >= fromUs
        && capturedUs <= lastCapturedUs - TAIL.toNanos() / 1_000
        && processed.contains(FrameKey.of(decision.getFrame()));
  }
}
