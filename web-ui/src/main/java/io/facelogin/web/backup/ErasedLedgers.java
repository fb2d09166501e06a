package io.facelogin.web.backup;

import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.web.people.PersonErased;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the list of erased people beside every backup up to date: with each erasure, with each new
 * master key, and every hour, so that a folder that was away for a while is made good. An erasure
 * never waits for it.
 */
@Component
class ErasedLedgers {

  private static final Logger LOG = LoggerFactory.getLogger(ErasedLedgers.class);

  private final BackupRepository backups;
  private final MasterKeys masters;
  private final Clock clock;

  /** What is wrong, by folder. */
  private volatile Map<String, String> faults = Map.of();

  /** Id of the master key that sealed the lists last. */
  private volatile String sealedBy;

  ErasedLedgers(BackupRepository backups, MasterKeys masters, Clock clock) {
    this.backups = backups;
    this.masters = masters;
    this.clock = clock;
    this.sealedBy = masters.currentId();
  }

  @EventListener
  void erased(PersonErased person) {
    refresh();
  }

  /** Before the key that sealed them is forgotten. */
  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void sealAnewAfterARotation() {
    if (!masters.currentId().equals(sealedBy)) {
      refresh();
    }
  }

  @Scheduled(fixedDelay = 60, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
  synchronized void refresh() {
    String sealing = masters.currentId();
    try {
      List<String> folders = backups.folders();
      Instant now = clock.instant();
      Map<UUID, Instant> erased = backups.erased();
      Map<String, String> found = new TreeMap<>();
      for (String folder : folders) {
        try {
          write(Path.of(folder), new ErasedLedger.Content(now, erased));
        } catch (IOException | UnusableBackupException e) {
          LOG.warn("Who was erased could not be written to {}: {}", folder, e.getMessage());
          found.put(folder, String.valueOf(e.getMessage()));
        }
      }
      faults = found;
      sealedBy = sealing;
    } catch (DataAccessException e) {
      LOG.warn("Who was erased is not told to the folders of backups while the database is away");
    }
  }

  /**
   * Begins a list where there is none yet.
   *
   * @throws UnusableBackupException if the folder has the list of another site
   */
  void begin(Path folder) throws IOException {
    write(folder, new ErasedLedger.Content(clock.instant(), backups.erased()));
  }

  private void write(Path folder, ErasedLedger.Content content) throws IOException {
    new ErasedLedger(folder, masters).add(content);
  }

  /** Folders that could not be written to when last tried, with what is wrong. */
  Map<String, String> faults() {
    return faults;
  }
}
