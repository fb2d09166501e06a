package io.facelogin.infra.erasure;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.infra.topic.TopicContents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks at every place where a site keeps anything, after somebody was erased. What is sealed by
 * the person's own key counts as gone, since that key is; the report says when its bytes go too.
 */
public final class ErasureProof {

  private static final String NOW = "now";
  private static final String WITH_THE_KEY =
      "cannot be opened any more; the bytes are written over as room is needed";

  private final PersonBefore person;
  private final Path data;
  private final KafkaConnection kafka;
  private final List<Place> places = new ArrayList<>();

  /**
   * @param person as it was before
   * @param data the site's folder on this machine
   */
  public ErasureProof(PersonBefore person, Path data, KafkaConnection kafka) {
    this.person = person;
    this.data = data;
    this.kafka = kafka;
  }

  /**
   * @param rows of the person by table, as the site counts them
   * @param recordings that were deleted, since they had the person
   */
  public List<Place> report(Map<String, Integer> rows, List<Path> recordings) throws IOException {
    topics();
    rows.forEach(this::table);
    recordings(recordings);
    List<TraceSearch.Found> found = new TraceSearch(person.traces()).in(data);
    files("gallery on disk (LMDB)", found, path -> path.startsWith("matcher"), WITH_THE_KEY);
    files("files of the broker", found, path -> path.startsWith("kafka"), WITH_THE_KEY);
    files("files of the database", found, path -> path.startsWith("postgres"), WITH_THE_KEY);
    files("logs", found, path -> path.startsWith("logs"), NOW);
    files(
        "other files of " + data,
        found,
        path ->
            !path.startsWith("matcher")
                && !path.startsWith("kafka")
                && !path.startsWith("postgres")
                && !path.startsWith("logs"),
        NOW);
    places.add(
        new Place(
            "search index",
            "in memory only; the person's rows are masked",
            false,
            "now; its memory" + " is written over at the next build or end"));
    places.add(
        new Place(
            "backups",
            "those made before hold the person, sealed by their key; restoring leaves out who was"
                + " erased since",
            false,
            "when you delete them"));
    return List.copyOf(places);
  }

  private void topics() {
    String id = person.id().value();
    for (Topic<?> topic : Topics.ALL) {
      TopicContents contents = TopicContents.of(kafka, topic);
      String name = "topic " + topic.name();
      if (topic.equals(Topics.PERSON_KEYS) || topic.equals(Topics.GALLERY)) {
        long live =
            contents.latest().stream()
                .filter(record -> String.valueOf(record.key()).startsWith(id))
                .count();
        places.add(
            new Place(
                name,
                live == 0 ? "erased by tombstone" : live + " records",
                live > 0,
                "older bytes leave the disk within "
                    + hours(topic, "max.compaction.lag.ms")
                    + " h"));
      } else if (topic.isConfidential()) {
        places.add(
            new Place(
                name,
                contents.records().size() + " records of whoever was seen, sealed, under no name",
                false,
                "after " + minutes(topic) + " min"));
      } else {
        long records = contents.ofPerson(id);
        places.add(
            new Place(
                name,
                records == 0
                    ? "nothing under the person's id"
                    : records + " records with the id; samples sealed by the key that is gone",
                false,
                records == 0 ? NOW : "after " + minutes(topic) + " min"));
      }
    }
  }

  private static long hours(Topic<?> topic, String setting) {
    return Long.parseLong(topic.config().getOrDefault(setting, "0")) / 3_600_000;
  }

  private static long minutes(Topic<?> topic) {
    return Long.parseLong(topic.config().getOrDefault("retention.ms", "0")) / 60_000;
  }

  private void table(String table, int rows) {
    boolean audit = table.equals("audit_entry");
    places.add(
        new Place(
            "table " + table,
            rows == 0 ? "no row" : rows + (audit ? " entries with the id alone" : " rows"),
            rows > 0 && !audit,
            audit && rows > 0 ? "when the audit is cut" : NOW));
  }

  private void recordings(List<Path> deleted) {
    places.add(
        new Place(
            "recordings",
            deleted.isEmpty()
                ? "none that knows the person"
                : deleted.size() + " deleted: " + deleted,
            false,
            NOW + "; copies elsewhere are yours to delete"));
  }

  private void files(
      String place, List<TraceSearch.Found> found, Predicate<Path> inside, String goneWhen) {
    List<String> here =
        found.stream()
            .filter(one -> inside.test(data.relativize(one.file())))
            .map(one -> one.what() + " in " + data.relativize(one.file()))
            .toList();
    places.add(
        new Place(
            place,
            here.isEmpty() ? "neither name nor mail nor template" : String.join(", ", here),
            !here.isEmpty(),
            here.isEmpty() ? goneWhen : "not yet"));
  }
}
