package io.facelogin.infra.doctor;

import io.facelogin.capture.source.CameraProbe;
import io.facelogin.capture.source.CameraProbe.Outcome;
import io.facelogin.contract.MaskedAddress;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.rest.RefusedException;
import io.facelogin.infra.site.ServerFile;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import tools.jackson.databind.JsonNode;

/** What lies outside of the machine, and the site that runs on it. */
public final class SurroundingsChecks {

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Path data;

  public SurroundingsChecks(Path data) {
    this.data = data;
  }

  /**
   * How the running site says it and its cameras are, and what somebody should see to.
   *
   * @param wantedFpir of its settings
   */
  public List<Check> runningSite(double wantedFpir) {
    Optional<ServerFile> running = ServerFile.find(data);
    if (running.isEmpty()) {
      return List.of(Check.note("site", "none runs on " + data + "; start one: face-login up"));
    }
    var site = running.get().connection();
    try {
      List<Check> checks = new ArrayList<>();
      site.get("/health");
      checks.add(Check.fine("site", "runs at " + site.url()));
      site.get("/cameras").forEach(camera -> checks.add(camera(camera)));
      Instant now = Instant.now();
      checks.addAll(SiteRisks.backups(site.get("/backups"), now));
      checks.addAll(SiteRisks.tokens(site.get("/tokens"), now));
      checks.addAll(SiteRisks.recognition(site.get("/decisions"), wantedFpir));
      return checks;
    } catch (OutsideMissingException | RefusedException e) {
      return List.of(Check.missing("site", String.valueOf(e.getMessage())));
    }
  }

  private static Check camera(JsonNode camera) {
    String text =
        "%s: %s %s"
            .formatted(
                camera.path("name").asString(""),
                camera.path("state").asString(""),
                camera.path("message").asString(""))
            .strip();
    return camera.path("state").asString("").equals("AWAY")
        ? Check.missing("camera", text)
        : Check.fine("camera", text);
  }

  public Check broker(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "default.api.timeout.ms",
            (int) PATIENCE.toMillis(),
            "request.timeout.ms",
            (int) PATIENCE.toMillis());
    String remedy =
        "Kafka does not answer at " + bootstrapServers + ": is it running there, is the port open?";
    try (Admin admin = Admin.create(settings)) {
      int nodes =
          admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).size();
      return Check.fine("broker", "Kafka at " + bootstrapServers + ", " + nodes + " brokers");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Check.missing("broker", remedy);
    } catch (ExecutionException | TimeoutException | org.apache.kafka.common.KafkaException e) {
      return Check.missing("broker", remedy);
    }
  }

  public Check database(String jdbcUrl) {
    DriverManager.setLoginTimeout((int) PATIENCE.toSeconds());
    String shown = MaskedAddress.of(jdbcUrl).text();
    try (var connection = DriverManager.getConnection(jdbcUrl)) {
      var product = connection.getMetaData();
      return Check.fine(
          "database",
          product.getDatabaseProductName()
              + " "
              + product.getDatabaseProductVersion()
              + " at "
              + shown);
    } catch (SQLException e) {
      return Check.missing("database", shown + " does not answer: " + e.getMessage());
    }
  }

  public Check camera(String address) {
    String shown = MaskedAddress.of(address).text();
    Outcome outcome = CameraProbe.test(address, PATIENCE);
    if (outcome instanceof Outcome.Answered answered) {
      return Check.fine(
          "camera", "%s: %d x %d px".formatted(shown, answered.widthPx(), answered.heightPx()));
    }
    return Check.missing("camera", ((Outcome.Unavailable) outcome).message());
  }
}
