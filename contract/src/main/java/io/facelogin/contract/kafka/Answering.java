package io.facelogin.contract.kafka;

import com.google.protobuf.MessageLite;
import java.util.List;
import java.util.Optional;

/**
 * What a stage does with the records of one topic, for which an {@link AnswerLoop} does all that is
 * Kafka. Called by one thread.
 */
public interface Answering<I extends MessageLite, O extends MessageLite> {

  /** The word used on the command line and in messages: {@code detector}. */
  String stage();

  Topic<I> from();

  Topic<O> to();

  /** Most records answered together. */
  int maxPollRecords();

  /** Before the first record is asked for: whatever the first answer would have to wait for. */
  void warmUp();

  /** For counting: so many records came, and no code can read so many of them. */
  void received(int records, int unreadable);

  /**
   * @param records of one poll, those of one key in order
   * @param receivedAtUs microseconds since the epoch
   * @return one for each record, empty where nobody waits for an answer
   */
  List<Optional<O>> answer(List<I> records, long receivedAtUs);

  /** The answer's key. */
  String key(O answer);

  /** Id of the network that made the answer. */
  String model(O answer);
}
