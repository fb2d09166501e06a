package io.facelogin.infra.backup;

import io.facelogin.web.audit.AuditChain;
import io.facelogin.web.audit.AuditEntry;
import io.facelogin.web.backup.ErasedLedger;
import io.facelogin.web.backup.UnusableBackupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Who was erased after a backup was made, by an export of the replaced site's audit. */
final class ErasedSince {

  private static final String ERASED = "person-erased";

  private ErasedSince() {}

  /**
   * @param head hash of the newest entry of the audit when the backup was made
   * @throws UnusableBackupException if the export is not whole, or not of the same site
   */
  static ErasedLedger.Content of(Path export, String head) {
    AuditChain chain = new AuditChain(head);
    Map<UUID, Instant> erased = new HashMap<>();
    Instant newest = Instant.EPOCH;
    try (BufferedReader lines = Files.newBufferedReader(export)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        AuditEntry entry = JsonMapper.shared().readValue(line, AuditEntry.class);
        chain.add(entry);
        newest = entry.at();
        if (entry.action().equals(ERASED) && entry.subject() != null) {
          erased.put(UUID.fromString(entry.subject()), entry.at());
        }
      }
    } catch (IOException e) {
      throw new UnusableBackupException("--erased-since " + export + " cannot be read: " + e);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UnusableBackupException(
          "--erased-since "
              + export
              + " is no export of an audit. Make one: face-login audit export"
              + " --out FILE, without a filter.");
    }
    AuditChain.Finding found = chain.finding();
    if (!found.intact()) {
      throw new UnusableBackupException(
          "--erased-since "
              + export
              + (found.fault() == null
                  ? " does not hold what the site had written down when the backup was made: it is"
                      + " of another site, or older."
                  : " is not the whole audit: " + found.fault() + "."));
    }
    return new ErasedLedger.Content(newest, erased);
  }
}
