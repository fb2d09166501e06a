package io.facelogin.web.backup;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.web.WebSettings;
import io.facelogin.web.access.Roles;
import io.facelogin.web.access.TokenGrant;
import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Backups, for administrators. */
@RestController
@RequestMapping("/api/v1/backups")
@Tag(name = "backups")
class BackupController {

  private static final Logger LOG = LoggerFactory.getLogger(BackupController.class);

  private final BackupRepository backups;
  private final ErasedLedgers ledgers;
  private final KafkaConnection kafka;
  private final MasterKeys masters;
  private final DataSource database;
  private final WebSettings settings;
  private final AuditTrail audit;
  private final JsonMapper json;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  BackupController(
      BackupRepository backups,
      ErasedLedgers ledgers,
      KafkaConnection kafka,
      MasterKeys masters,
      DataSource database,
      WebSettings settings,
      AuditTrail audit,
      JsonMapper json) {
    this.backups = backups;
    this.ledgers = ledgers;
    this.kafka = kafka;
    this.masters = masters;
    this.database = database;
    this.settings = settings;
    this.audit = audit;
    this.json = json;
  }

  /**
   * @param lastMadeAt null if there is none yet
   * @param lastId of that one, which its file bears too
   * @param faults folders of backups that could not be told who was erased, with what is wrong
   */
  record State(
      @Nullable Instant lastMadeAt,
      @Nullable String lastId,
      List<String> folders,
      Map<String, String> faults) {}

  @Operation(summary = "Says when the last backup was made, and whether all know who was erased")
  @GetMapping
  State state() {
    Optional<BackupRepository.Made> last = backups.last();
    return new State(
        last.map(BackupRepository.Made::at).orElse(null),
        last.map(BackupRepository.Made::id).orElse(null),
        backups.folders(),
        ledgers.faults());
  }

  @Operation(
      summary = "Sends a backup of the whole site, sealed by its master key",
      description =
          "folder is where the file will lie, if that is on this machine: who is erased later is"
              + " written down there.")
  @PostMapping
  void make(@RequestParam(required = false) @Nullable String folder, HttpServletResponse response)
      throws IOException {
    if (!oneAtATime.tryLock()) {
      throw Problem.conflict("Another backup is being made. Wait until it is done.");
    }
    try {
      Path place = folder == null ? null : place(folder);
      audit.write("backup-begun", null);
      response.setContentType("application/octet-stream");
      ArchiveOutput archive = new ArchiveOutput(response.getOutputStream(), masters);
      String by = AuditTrail.actorOfThisThread();
      Backup.Written written = write(archive);
      // Before the end is sent: a backup that its owner has whole is one that we know of.
      backups.insert(
          archive.id(), written.manifest().madeAt(), by, place == null ? null : place.toString());
      audit.write("backup-made", archive.id());
      ledgers.refresh();
      archive.close();
      LOG.info("A backup was made: {}", written.records());
    } finally {
      oneAtATime.unlock();
    }
  }

  private Backup.Written write(ArchiveOutput archive) throws IOException {
    try (Connection connection = database.getConnection()) {
      return new Backup(kafka, json).write(connection, settings.options(), archive);
    } catch (SQLException e) {
      throw new IOException("The database does not let itself be copied", e);
    }
  }

  private Path place(String folder) {
    boolean ofThisMachine =
        Roles.grant(SecurityContextHolder.getContext().getAuthentication())
            .filter(TokenGrant::isOfThisRun)
            .isPresent();
    if (!ofThisMachine) {
      throw Problem.badRequest("Only a program with the token of this run may name a folder.");
    }
    Path place = Path.of(folder);
    if (!place.isAbsolute() || !Files.isDirectory(place) || !Files.isWritable(place)) {
      throw Problem.badRequest(
          "The site cannot write to the folder " + folder + ", where it notes who is erased.");
    }
    try {
      ledgers.begin(place);
    } catch (UnusableBackupException e) {
      throw Problem.conflict(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return place;
  }
}
