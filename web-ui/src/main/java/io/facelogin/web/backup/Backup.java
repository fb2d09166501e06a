package io.facelogin.web.backup;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.web.backup.Manifest.KeptTable;
import io.facelogin.web.backup.Manifest.KeptTopic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes everything that makes a site while it runs: first the database of one moment, then the
 * topics. What is enrolled in between is not in the backup, and what is erased in between has no
 * templates in it: restoring keeps who is in both.
 */
final class Backup {

  /**
   * The truth that is not in the database: every compacted topic, but how the cameras are just now.
   * What they saw is not kept, it is gone soon anyway.
   */
  static final List<Topic<?>> TOPICS =
      Topics.ALL.stream()
          .filter(topic -> topic.retention().isEmpty() && !topic.equals(Topics.CAMERA_STATUS))
          .toList();

  private final KafkaConnection kafka;
  private final JsonMapper json;

  Backup(KafkaConnection kafka, JsonMapper json) {
    this.kafka = kafka;
    this.json = json;
  }

  /**
   * What was written.
   *
   * @param records rows of tables and records of topics, by name
   */
  record Written(Manifest manifest, Map<String, Long> records) {}

  /**
   * @param out is not closed
   */
  Written write(Connection database, Map<String, String> settings, OutputStream out)
      throws IOException, SQLException {
    Map<String, Long> records = new TreeMap<>();
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    try (DatabaseExport tables = new DatabaseExport(database);
        TopicExport topics = new TopicExport(kafka)) {
      Manifest manifest =
          new Manifest(
              tables.now(),
              tables.schema(),
              tables.auditHead(),
              settings,
              tables.tables(),
              TOPICS.stream()
                  .map(topic -> new KeptTopic(topic.name(), topics.partitions(topic.name())))
                  .toList());
      entry(zip, Manifest.ENTRY);
      zip.write(json.writeValueAsBytes(manifest));
      for (KeptTable table : manifest.tables()) {
        entry(zip, table.entry());
        records.put(table.name(), tables.write(table, zip));
      }
      for (KeptTopic topic : manifest.topics()) {
        entry(zip, topic.entry());
        records.put(topic.name(), topics.write(topic.name(), zip));
      }
      zip.finish();
      return new Written(manifest, records);
    }
  }

  private static void entry(ZipOutputStream zip, String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
  }
}
