package io.facelogin.matcher.kafka;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.PersonKeys;
import io.facelogin.matcher.MatcherSettings;
import io.facelogin.matcher.decision.ThresholdPolicy;
import io.facelogin.matcher.gallery.DamagedGalleryException;
import io.facelogin.matcher.gallery.Gallery;
import io.facelogin.matcher.index.IndexFolder;
import io.facelogin.matcher.index.LiveIndex;
import io.facelogin.matcher.lmdb.LmdbGalleryStore;
import io.facelogin.models.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the gallery on disk, if it is whole and a copy of the very topic that the broker has; else
 * sets it aside and begins with nothing, to be filled from the topic.
 */
final class GalleryOpening {

  private static final Logger LOG = LoggerFactory.getLogger(GalleryOpening.class);

  private final MatcherSettings settings;
  private final KafkaConnection kafka;
  private final Manifest encoder;
  private final PersonKeys keys;
  private final ThresholdPolicy policy;

  GalleryOpening(
      MatcherSettings settings, KafkaConnection kafka, Manifest encoder, PersonKeys keys) {
    this.settings = settings;
    this.keys = keys;
    this.kafka = kafka;
    this.encoder = encoder;
    policy = MatcherCore.policy(settings, encoder);
  }

  /**
   * @throws ExecutionException if the broker does not answer; may be tried again
   */
  Gallery open() throws IOException, ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      TopicDescription topic =
          admin
              .describeTopics(List.of(Topics.GALLERY.name()))
              .allTopicNames()
              .get()
              .get(Topics.GALLERY.name());
      if (topic == null) {
        throw new IllegalStateException("The broker describes no topic " + Topics.GALLERY.name());
      }
      String source = topic.name() + " " + topic.topicId();
      Map<Integer, Long> beginnings = offsets(admin, topic, OffsetSpec.earliest());
      Map<Integer, Long> ends = offsets(admin, topic, OffsetSpec.latest());
      Path folder = settings.ownFolder().resolve("gallery");
      try {
        return survived(folder, () -> open(folder, source, beginnings, ends));
      } catch (DamagedGalleryException e) {
        Path aside = LmdbGalleryStore.setAside(folder);
        LOG.warn(
            "{}. It is set aside in {} and the gallery is read again from the topic.",
            e.getMessage(),
            aside);
        return open(folder, source, beginnings, ends);
      }
    }
  }

  private interface Opening {
    Gallery open() throws IOException;
  }

  /**
   * LMDB trusts the pages of its file: a damaged one can kill the process, and would do so at every
   * start. A mark that outlived the process that set it says that this happened.
   *
   * @throws DamagedGalleryException if the last opening did not return
   */
  private static Gallery survived(Path folder, Opening opening) throws IOException {
    Path mark = folder.resolveSibling(folder.getFileName() + ".opening");
    if (Files.deleteIfExists(mark) && Files.exists(folder)) {
      throw new DamagedGalleryException(
          "The process ended while it read the gallery in " + folder + ", which may be damaged");
    }
    Files.createDirectories(folder);
    Files.createFile(mark);
    try {
      return opening.open();
    } finally {
      Files.deleteIfExists(mark);
    }
  }

  private Gallery open(
      Path folder, String source, Map<Integer, Long> beginnings, Map<Integer, Long> ends)
      throws IOException {
    LmdbGalleryStore store =
        LmdbGalleryStore.open(folder, source, settings.galleryMapBytes(), keys, Clock.systemUTC());
    try {
      store
          .nextOffsets()
          .forEach(
              (partition, next) -> {
                if (next < beginnings.getOrDefault(partition, 0L)
                    || next > ends.getOrDefault(partition, 0L)) {
                  throw new DamagedGalleryException(
                      "The gallery on disk was read up to offset "
                          + next
                          + " of partition "
                          + partition
                          + ", the topic has other records");
                }
              });
      LiveIndex index =
          new LiveIndex(
              encoder.dimensionOrThrow(),
              settings.index(),
              IndexFolder.inMemory(settings.ownFolder()),
              (people, templates) -> policy.at(people, templates).cosineSimilarity());
      try {
        return new Gallery(encoder.id(), store, index);
      } catch (RuntimeException e) {
        index.close();
        throw e;
      }
    } catch (RuntimeException | IOException e) {
      store.close();
      throw e;
    }
  }

  private static Map<Integer, Long> offsets(Admin admin, TopicDescription topic, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    topic
        .partitions()
        .forEach(info -> asked.put(new TopicPartition(topic.name(), info.partition()), which));
    Map<Integer, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each :
        admin.listOffsets(asked).all().get().entrySet()) {
      offsets.put(each.getKey().partition(), each.getValue().offset());
    }
    return offsets;
  }
}
