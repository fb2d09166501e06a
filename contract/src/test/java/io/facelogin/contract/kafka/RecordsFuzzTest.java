package io.facelogin.contract.kafka;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Whatever lies on a topic is read, or is unreadable: a worker meets nothing else. */
class RecordsFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void aRecordOfAnyTopicIsReadOrUnreadable(byte[] bytes) {
    for (Topic<?> topic : Topics.ALL) {
      try {
        topic.decode(record(topic, bytes));
      } catch (UnreadableRecordException e) {
        // The documented answer.
      }
    }
  }

  /** The first byte says how long the schema header is that comes before the value. */
  private static ConsumerRecord<String, byte[]> record(Topic<?> topic, byte[] bytes) {
    RecordHeaders headers = new RecordHeaders();
    int length = bytes.length == 0 ? 0 : Math.min(bytes.length - 1, bytes[0] & 7);
    if (length > 0) {
      headers.add(Headers.SCHEMA, java.util.Arrays.copyOfRange(bytes, 1, 1 + length));
    }
    byte[] value =
        java.util.Arrays.copyOfRange(bytes, Math.min(bytes.length, 1 + length), bytes.length);
    return new ConsumerRecord<>(
        topic.name(),
        0,
        0,
        0,
        TimestampType.CREATE_TIME,
        1,
        value.length,
        "key",
        value,
        headers,
        Optional.empty());
  }
}
