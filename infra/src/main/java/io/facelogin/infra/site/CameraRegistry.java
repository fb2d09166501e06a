package io.facelogin.infra.site;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Camera;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.stages.PipelineSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Adds the cameras of the command line to the topic {@code cameras}. One that is there already
 * stays as the administrator has left it.
 */
final class CameraRegistry {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConnection kafka;

  CameraRegistry(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  void addMissing(List<String> addresses, PipelineSettings settings) throws InterruptedException {
    if (addresses.isEmpty()) {
      return;
    }
    Map<String, Camera> registered = registered();
    try (var producer =
        new KafkaProducer<>(
            kafka.producerConfig(),
            new StringSerializer(),
            Topics.CAMERAS.valueSerde().serializer())) {
      for (String address : addresses) {
        if (registered.values().stream().anyMatch(known -> known.getAddress().equals(address))) {
          continue;
        }
        Camera camera = camera(address, settings);
        producer
            .send(new ProducerRecord<>(Topics.CAMERAS.name(), camera.getCameraId(), camera))
            .get();
      }
    } catch (ExecutionException e) {
      throw new OutsideMissingException("Kafka does not take the cameras: " + e.getCause(), e);
    }
  }

  /** The same address always gets the same id. */
  private static Camera camera(String address, PipelineSettings settings) {
    String name = name(address);
    String slug =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String unique =
        UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
    return Camera.newBuilder()
        .setCameraId("cam-" + (slug.length() > 40 ? slug.substring(0, 40) : slug) + "-" + unique)
        .setName(name)
        .setAddress(address)
        .setMinFacePx(settings.minFacePx())
        .setMaxFramesPerSecond(settings.framesPerSecond())
        .setEnabled(true)
        .setUpdatedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
        .build();
  }

  /** What people see: the file's name, or the camera's host; never a password. */
  private static String name(String address) {
    if (address.contains("://")) {
      try {
        String host = URI.create(address).getHost();
        return host == null ? "camera" : host;
      } catch (IllegalArgumentException e) {
        return "camera"; // its message would hold the password; the agent says what is wrong
      }
    }
    return String.valueOf(Path.of(address).getFileName()).replaceFirst("\\.[A-Za-z0-9]{2,5}$", "");
  }

  private Map<String, Camera> registered() {
    Map<String, Camera> registered = new HashMap<>();
    try (var consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(),
            new StringDeserializer(),
            Topics.CAMERAS.valueSerde().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.CAMERAS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        for (ConsumerRecord<String, Camera> record : consumer.poll(POLL)) {
          @Nullable Camera camera = record.value();
          if (camera == null) {
            registered.remove(record.key());
          } else {
            registered.put(record.key(), camera);
          }
        }
      }
    }
    return registered;
  }
}
