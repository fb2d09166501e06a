package io.facelogin.contract.kafka;

import static io.facelogin.contract.foreign.ForeignBytes.assertBounded;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facelogin.contract.foreign.ForeignBytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies on a topic is read, or is unreadable: a worker meets nothing else. */
class RecordsFuzzTest {

  private static final long MOST_BYTES = 16 << 20;

  @MethodSource("records")
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

  @Property(tries = 2000, seed = "1")
  void damagedRecordsToo(@ForAll("damaged") byte[] bytes) {
    assertBounded(MOST_BYTES, () -> aRecordOfAnyTopicIsReadOrUnreadable(bytes));
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return ForeignBytes.damaged(records().toList());
  }

  /** One of each topic, behind the length of its schema header and that. */
  static Stream<byte[]> records() {
    return Topics.ALL.stream()
        .map(
            topic -> {
              ByteArrayOutputStream record = new ByteArrayOutputStream();
              record.write(1);
              record.write('1');
              record.writeBytes(GoldenBytesTest.example(topic.name()));
              return record.toByteArray();
            });
  }

  /** The first byte says how long the schema header is that comes before the value. */
  private static ConsumerRecord<String, byte[]> record(Topic<?> topic, byte[] bytes) {
    RecordHeaders headers = new RecordHeaders();
    int length = bytes.length == 0 ? 0 : Math.min(bytes.length - 1, bytes[0] & 7);
    if (length > 0) {
      headers.add(Headers.SCHEMA, Arrays.copyOfRange(bytes, 1, 1 + length));
    }
    byte[] value = Arrays.copyOfRange(bytes, Math.min(bytes.length, 1 + length), bytes.length);
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
