package io.facelogin.infra.site;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyReader;
import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.MasterKeyException;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.OutsideMissingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The master keys of a site, and whether they are the ones that sealed its data. */
public final class SiteKeys {

  private SiteKeys() {}

  /** Where the keys of a data folder are that brings its own. */
  public static Path file(Path data) {
    return data.resolve("keys").resolve("master.key");
  }

  /**
   * The keys that are named, else those of the folder, made at its first start.
   *
   * @throws MasterKeyException if there are data and no keys: new ones would open none of it
   */
  static MasterKeys open(DataDirectory data, Optional<MasterKeys> named) {
    Path file = file(data.root());
    if (named.isEmpty() && !Files.exists(file) && Files.exists(data.kafka())) {
      throw new MasterKeyException(
          "The data folder "
              + data.root()
              + " has data but no master key. Put its keys/master.key back, or name the key with"
              + " --master-key-file; data of a version before 30 November 2026 were not sealed and"
              + " cannot be used: start with a new folder.");
    }
    return named.orElseGet(() -> MasterKeys.readOrMake(file));
  }

  /**
   * @throws OutsideMissingException if other keys sealed what is on this broker
   */
  public static void requireOpen(KafkaConnection kafka) {
    try (PersonKeyReader reader = new PersonKeyReader(kafka)) {
      reader.requireOpenable();
    } catch (BrokenSealException e) {
      throw new OutsideMissingException(
          "This is not the master key that sealed the data: "
              + e.getMessage()
              + ". Name the right one with --master-key-file.",
          e);
    }
  }
}
