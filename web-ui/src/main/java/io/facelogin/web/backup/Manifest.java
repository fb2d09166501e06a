package io.facelogin.web.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup says of itself, its first entry.
 *
 * @param madeAt when the database was as it is in here
 * @param schema version of the database's tables
 * @param auditHead hash of the newest entry of the audit; whatever the site wrote later follows it
 * @param settings of the site that could be restored with it, by the names of the options
 */
public record Manifest(
    Instant madeAt,
    String schema,
    String auditHead,
    Map<String, String> settings,
    List<KeptTable> tables,
    List<KeptTopic> topics) {

  public static final String ENTRY = "manifest.json";

  /**
   * @param columns in the order of the rows; those that the database computes are not among them
   */
  public record KeptTable(String name, List<String> columns) {
    static final String FOLDER = "database/";

    public String entry() {
      return FOLDER + name + ".copy";
    }
  }

  public record KeptTopic(String name, int partitions) {
    static final String FOLDER = "topics/";

    public String entry() {
      return FOLDER + name + ".records";
    }
  }
}
