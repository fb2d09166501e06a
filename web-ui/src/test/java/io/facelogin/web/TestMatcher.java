package io.facelogin.web;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyReader;
import io.facelogin.contract.kafka.PersonSeals;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.EnrolmentResult;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Sample;
import io.facelogin.contract.v1.Trace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Stands in for the matcher on the real topics: compares with everybody it has enrolled. May be
 * told to keep silent, as one that is away.
 */
final class TestMatcher implements AutoCloseable {

  private static final float THRESHOLD = 0.5f;

  private final KafkaConnection kafka;
  private final PersonKeyReader keys;
  private final Thread thread;
  private final Map<String, List<Sample>> gallery = new ConcurrentHashMap<>();
  private volatile boolean silent;
  private volatile boolean running = true;

  TestMatcher(KafkaConnection kafka) {
    this.kafka = kafka;
    this.keys = new PersonKeyReader(kafka);
    this.thread = new Thread(this::run, "test-matcher");
    thread.start();
  }

  void keepSilent(boolean away) {
    silent = away;
  }

  int people() {
    return gallery.size();
  }

  private void run() {
    Map<String, Object> config = kafka.consumerConfig();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, "test-matcher-" + UUID.randomUUID());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    try (var consumer =
            new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        var results =
            new KafkaProducer<>(
                kafka.producerConfig(),
                new StringSerializer(),
                Topics.ENROLMENT_RESULTS.valueSerde().serializer());
        var decisions =
            new KafkaProducer<>(
                kafka.producerConfig(),
                new StringSerializer(),
                Topics.DECISIONS.valueSerde().serializer())) {
      consumer.subscribe(List.of(Topics.ENROLMENTS.name(), Topics.EMBEDDINGS.name()));
      while (running) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          if (silent) {
            continue;
          }
          if (record.topic().equals(Topics.ENROLMENTS.name())) {
            EnrolmentCommand command = opened(read(Topics.ENROLMENTS, record));
            results.send(
                new ProducerRecord<>(
                    Topics.ENROLMENT_RESULTS.name(), command.getPersonId(), act(command)));
          } else {
            Embeddings probe = read(Topics.EMBEDDINGS, record);
            if (probe.getFrame().getPurpose() != Purpose.ENROL) {
              decisions.send(
                  new ProducerRecord<>(Topics.DECISIONS.name(), record.key(), decide(probe)));
            }
          }
        }
      }
    }
  }

  private EnrolmentCommand opened(EnrolmentCommand command) {
    return command.hasEnrol()
        ? PersonSeals.open(command, keys.find(new PersonId(command.getPersonId())).orElseThrow())
        : command;
  }

  private <T extends com.google.protobuf.MessageLite> T read(
      Topic<T> topic, ConsumerRecord<String, byte[]> record) {
    T value = kafka.open(topic).decode(record);
    if (value == null) {
      throw new IllegalStateException("No tombstones here");
    }
    return value;
  }

  private EnrolmentResult act(EnrolmentCommand command) {
    EnrolmentResult.Builder result =
        EnrolmentResult.newBuilder()
            .setCommandId(command.getCommandId())
            .setPersonId(command.getPersonId());
    if (command.hasErase()) {
      List<Sample> erased = gallery.remove(command.getPersonId());
      result.setErasure(true).setAccepted(erased != null);
      if (erased == null) {
        return result.addReasons(Reason.NOT_FOUND).build();
      }
      erased.forEach(sample -> result.addTemplateIds(UUID.randomUUID().toString()));
      return result.build();
    }
    EnrolmentCommand.Enrol enrol = command.getEnrol();
    if (enrol.getConsentId().isEmpty()) {
      return result.addReasons(Reason.NO_CONSENT).build();
    }
    for (Map.Entry<String, List<Sample>> other : gallery.entrySet()) {
      if (!enrol.getAllowDuplicate() && similarity(enrol.getSamples(0), other) >= THRESHOLD) {
        return result.addReasons(Reason.DUPLICATE).setDuplicateOfPersonId(other.getKey()).build();
      }
    }
    gallery.put(command.getPersonId(), enrol.getSamplesList());
    enrol.getSamplesList().forEach(s -> result.addTemplateIds(UUID.randomUUID().toString()));
    return result.setAccepted(true).setWeak(enrol.getSamplesCount() == 1).build();
  }

  private static float similarity(Sample probe, Map.Entry<String, List<Sample>> person) {
    return similarity(probe.getVectorList(), person.getValue());
  }

  private static float similarity(List<Float> probe, List<Sample> templates) {
    float best = -1;
    for (Sample template : templates) {
      float dot = 0;
      for (int i = 0; i < probe.size(); i++) {
        dot += probe.get(i) * template.getVector(i);
      }
      best = Math.max(best, dot);
    }
    return best;
  }

  private Decision decide(Embeddings probe) {
    long nowUs = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    Decision.Builder decision =
        Decision.newBuilder()
            .setDecisionId(probe.getFrame().getCameraId() + "/" + probe.getFrame().getSequence())
            .setFrame(probe.getFrame())
            .setRevision(1)
            .setThreshold(THRESHOLD)
            .setFpirAtGallerySize(1e-3)
            .setGalleryPeople(gallery.size())
            .setFramesUsed(probe.getFacesCount())
            .setTrace(Trace.newBuilder().setDecidedUs(nowUs))
            .setOutcome(Outcome.UNKNOWN);
    if (probe.getFacesCount() == 0) {
      return decision.addAllReasons(probe.getProblemsList()).build();
    }
    EmbeddedFace face = probe.getFaces(0);
    decision.setTrackId(face.getTrackId()).setBox(face.getBox());
    String best = "";
    float similarity = -1;
    for (Map.Entry<String, List<Sample>> person : gallery.entrySet()) {
      float candidate = similarity(face.getVectorList(), person.getValue());
      if (candidate > similarity) {
        best = person.getKey();
        similarity = candidate;
      }
    }
    if (best.isEmpty()) {
      return decision.addReasons(Reason.GALLERY_EMPTY).build();
    }
    decision.setCosineSimilarity(similarity);
    return similarity >= THRESHOLD
        ? decision.setOutcome(Outcome.ACCEPTED).setPersonId(best).addReasons(Reason.MATCHED).build()
        : decision.addReasons(Reason.NOT_ENROLLED).build();
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
