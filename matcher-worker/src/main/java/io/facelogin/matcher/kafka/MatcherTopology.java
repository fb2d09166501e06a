package io.facelogin.matcher.kafka;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.kafka.ProtobufSerde;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.matcher.state.PendingResult;
import io.facelogin.matcher.state.PersonTemplates;
import io.facelogin.matcher.state.Track;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Two streams that meet only in the gallery:
 *
 * <pre>
 * embeddings -> decide (store: tracks)                             -> decisions, embeddings.dlq
 * enrolments -> enrol  (stores: person-templates, pending-results) -> gallery, person-keys,
 *                                                                     enrolment-results, enrolments.dlq
 * </pre>
 *
 * Records are read as bytes, so that one that cannot be read becomes a dead letter instead of the
 * end of the application. The gallery itself is no store of this topology: {@link GalleryTailer}
 * reads its topic.
 */
final class MatcherTopology {

  static final Topic<Embeddings> EMBEDDINGS = Topics.EMBEDDINGS;
  static final Topic<EnrolmentCommand> ENROLMENTS = Topics.ENROLMENTS;

  static final String DECISIONS_SINK = "to-decisions";
  static final String EMBEDDINGS_DEAD_LETTERS = "to-embeddings-dead-letters";
  static final String GALLERY_SINK = "to-gallery";
  static final String PERSON_KEYS_SINK = "to-person-keys";
  static final String RESULTS_SINK = "to-enrolment-results";
  static final String ENROLMENTS_DEAD_LETTERS = "to-enrolments-dead-letters";

  private MatcherTopology() {}

  static Topology build(MatcherCore core) {
    Topology topology = new Topology();
    source(topology, EMBEDDINGS);
    topology.addProcessor("decide", () -> new DecideProcessor(core), EMBEDDINGS.name());
    // Tracks live for seconds: memory is enough, the changelog carries them over a restart. They
    // hold vectors, so it is sealed.
    topology.addStateStore(
        store(Stores.inMemoryKeyValueStore(DecideProcessor.TRACKS), tracks(core.masters())),
        "decide");
    sink(topology, DECISIONS_SINK, Topics.DECISIONS, "decide");
    deadLetters(topology, EMBEDDINGS_DEAD_LETTERS, EMBEDDINGS, "decide");

    source(topology, ENROLMENTS);
    topology.addProcessor("enrol", () -> new EnrolProcessor(core), ENROLMENTS.name());
    topology.addStateStore(
        store(
            Stores.persistentKeyValueStore(EnrolProcessor.PERSON_TEMPLATES),
            ProtobufSerde.plain(PersonTemplates.parser())),
        "enrol");
    topology.addStateStore(
        store(
            Stores.inMemoryKeyValueStore(EnrolProcessor.PENDING_RESULTS),
            ProtobufSerde.plain(PendingResult.parser())),
        "enrol");
    sink(topology, GALLERY_SINK, Topics.GALLERY, "enrol");
    sink(topology, PERSON_KEYS_SINK, Topics.PERSON_KEYS, "enrol");
    sink(topology, RESULTS_SINK, Topics.ENROLMENT_RESULTS, "enrol");
    deadLetters(topology, ENROLMENTS_DEAD_LETTERS, ENROLMENTS, "enrol");
    return topology;
  }

  /** A track that a master key sealed which was forgotten since begins anew. */
  private static Serde<Track> tracks(MasterKeys masters) {
    ProtobufSerde<Track> sealed =
        ProtobufSerde.plain(Track.parser()).sealedBy(masters, DecideProcessor.TRACKS);
    Deserializer<Track> reader = sealed.deserializer();
    return Serdes.serdeFrom(
        sealed.serializer(),
        (topic, bytes) -> {
          try {
            return reader.deserialize(topic, bytes);
          } catch (UnreadableRecordException e) {
            return Track.getDefaultInstance();
          }
        });
  }

  private static void source(Topology topology, Topic<?> topic) {
    topology.addSource(
        topic.name(), new StringDeserializer(), new ByteArrayDeserializer(), topic.name());
  }

  private static void sink(Topology topology, String name, Topic<?> topic, String parent) {
    topology.addSink(
        name, topic.name(), new StringSerializer(), topic.valueSerde().serializer(), parent);
  }

  private static void deadLetters(Topology topology, String name, Topic<?> topic, String parent) {
    topology.addSink(
        name, topic.deadLetterName(), new StringSerializer(), new ByteArraySerializer(), parent);
  }

  private static <T extends MessageLite> StoreBuilder<KeyValueStore<String, T>> store(
      KeyValueBytesStoreSupplier supplier, Serde<T> values) {
    return Stores.keyValueStoreBuilder(supplier, Serdes.String(), values);
  }
}
