package io.facelogin.matcher.kafka;

import io.facelogin.contract.kafka.Headers;
import io.facelogin.contract.kafka.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Dead letters out of a topology: forwarded to a sink, so that they are written exactly once like
 * everything else.
 */
final class Letters {

  private Letters() {}

  static Record<String, Object> deadLetter(
      ProcessorContext<String, Object> context,
      Record<String, byte[]> record,
      UnreadableRecordException why) {
    RecordHeaders headers = new RecordHeaders(record.headers());
    headers.add(Headers.ERROR_KIND, why.kind().name().getBytes(StandardCharsets.UTF_8));
    context
        .recordMetadata()
        .ifPresent(
            at ->
                headers.add(
                    Headers.ORIGIN,
                    (at.topic() + "-" + at.partition() + "@" + at.offset())
                        .getBytes(StandardCharsets.UTF_8)));
    return new Record<>(record.key(), record.value(), record.timestamp(), headers);
  }
}
