package io.facelogin.contract.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sets records aside that no code can read: raw bytes, kind of error and origin, for whoever looks
 * into it.
 */
public final class DeadLetters {

  private final Producer<String, byte[]> producer;

  /** The producer stays the caller's, who closes it. */
  public DeadLetters(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  /** Returns at once; the record is on its way. */
  public void setAside(ConsumerRecord<String, byte[]> record, Topic<?> topic, String errorKind) {
    var letter = new ProducerRecord<>(topic.deadLetterName(), record.key(), record.value());
    record.headers().forEach(letter.headers()::add);
    letter
        .headers()
        .add(Headers.ERROR_KIND, errorKind.getBytes(StandardCharsets.UTF_8))
        .add(
            Headers.ORIGIN,
            (record.topic() + "-" + record.partition() + "@" + record.offset())
                .getBytes(StandardCharsets.UTF_8));
    producer.send(letter);
  }
}
