package io.facelogin.infra.chaos;

import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.infra.chaos.Scenario.Observation;
import io.facelogin.infra.letters.DeadLetter;
import io.facelogin.infra.letters.DeadLetterBox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Records that no code can read, on every topic whose reader sets them aside. */
final class Poison {

  private static final byte[] NO_MESSAGE = {(byte) 0xff, (byte) 0xff, 1, 2, 3};
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final List<Topic<?>> TOPICS =
      List.of(
          Topics.FRAMES,
          Topics.FACES,
          Topics.EMBEDDINGS,
          Topics.DECISIONS,
          Topics.ENROLMENTS,
          Topics.ENROLMENT_RESULTS,
          Topics.GALLERY);

  private Poison() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "poison-records",
            "a record that no code can read on each of " + TOPICS.size() + " topics",
            Poison::poison));
  }

  private static Observation poison(RehearsalSite site, Residents residents) throws Exception {
    DeadLetterBox box = new DeadLetterBox(site.kafka());
    Instant began = Instant.now();
    try (var producer =
        new KafkaProducer<>(
            site.kafka().producerConfig(), new StringSerializer(), new ByteArraySerializer())) {
      for (Topic<?> topic : TOPICS) {
        producer.send(new ProducerRecord<>(topic.name(), Residents.ADA, NO_MESSAGE)).get();
      }
    }
    Faults.requireReady(site);
    Duration recovery = residents.awaitServing(began);
    List<DeadLetter> letters = awaitOneOfEach(box);
    box.resend(letters);
    List<DeadLetter> again = awaitOneOfEach(box);
    if (again.stream().anyMatch(letters::contains)) {
      throw new FaultException("A letter that was sent again is still listed");
    }
    box.drop(again);
    if (!box.open(Topics.ALL).isEmpty()) {
      throw new FaultException("Letters that were dropped are still listed");
    }
    return new Observation(
        "each becomes one dead letter; sent again, it comes back once; dropped, it is gone",
        recovery);
  }

  private static List<DeadLetter> awaitOneOfEach(DeadLetterBox box) throws InterruptedException {
    Patience.upTo(SOON).until("each is set aside", () -> box.open(TOPICS).size() >= TOPICS.size());
    // One more would be a loop: it has had time to come round by the time this is read.
    List<DeadLetter> letters = box.open(TOPICS);
    long topics = letters.stream().map(DeadLetter::topic).distinct().count();
    if (letters.size() != TOPICS.size() || topics != TOPICS.size()) {
      throw new FaultException(
          letters.size() + " dead letters of " + topics + " topics instead of one of each");
    }
    return letters;
  }
}
