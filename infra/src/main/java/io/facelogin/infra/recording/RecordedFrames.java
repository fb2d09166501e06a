package io.facelogin.infra.recording;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Frame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which records belong to a recording while it runs: everything at first, and after {@link #close}
 * no more frames, only what becomes of those that are in.
 */
final class RecordedFrames {

  private final Set<FrameKey> waiting = new HashSet<>();
  private final Map<String, Long> answeredUpTo = new HashMap<>();
  private final Topic<Frame> frames;
  private final Topic<Embeddings> embeddings;
  private boolean closed;

  RecordedFrames(KafkaConnection kafka) {
    frames = kafka.open(Topics.FRAMES);
    embeddings = kafka.open(Topics.EMBEDDINGS);
  }

  /** Nothing new comes in from now on. */
  void close() {
    closed = true;
  }

  boolean belongs(ConsumerRecord<String, byte[]> record) {
    try {
      if (record.topic().equals(Topics.FRAMES.name())) {
        Frame frame = frames.decode(record);
        if (!closed && frame != null && FrameKey.isOfVideo(frame.getRef())) {
          waiting.add(FrameKey.of(frame.getRef()));
        }
        return !closed;
      }
      if (record.topic().equals(Topics.EMBEDDINGS.name())) {
        Embeddings answer = embeddings.decode(record);
        if (answer != null) {
          FrameKey answered = FrameKey.of(answer.getFrame());
          answeredUpTo.merge(answered.cameraId(), answered.sequence(), Math::max);
        }
      }
      return true;
    } catch (UnreadableRecordException e) {
      return !closed; // recorded as it is: a replay shows what becomes of it
    }
  }

  /**
   * Frames for which an answer may still come. A camera's frames are answered in order: those
   * before the last answer were skipped by the pipeline.
   */
  long unanswered() {
    waiting.removeIf(
        frame -> frame.sequence() <= answeredUpTo.getOrDefault(frame.cameraId(), Long.MIN_VALUE));
    return waiting.size();
  }
}
