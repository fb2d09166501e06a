package io.facelogin.infra.worker;

import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.rights.RightsCheck;
import io.facelogin.infra.site.DataDirectory;
import io.facelogin.infra.site.SiteKeys;
import io.facelogin.infra.stages.Broker;
import io.facelogin.infra.stages.HealthServer;
import io.facelogin.infra.stages.Meters;
import io.facelogin.infra.stages.Networks;
import io.facelogin.infra.stages.Stages;
import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.WebUi;
import io.facelogin.web.WebUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one stage until it is told to stop. A stage that fails for good ends the process: the
 * platform (compose, Kubernetes, systemd) starts it anew.
 */
public final class Worker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  private final WorkerSettings settings;
  private final Consumer<String> progress;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private volatile boolean closing;
  private volatile Health health = Health.starting("Waiting for the broker");

  public Worker(WorkerSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Returns after {@link #close()}.
   *
   * @throws OutsideMissingException if broker, database or weights are missing, or the stage fails
   */
  public void run() throws InterruptedException {
    try {
      Meters meters = opened(new Meters());
      if (settings.stage() != StageName.WEB) {
        // Before the wait for the broker, so that the platform sees what the worker waits for.
        HealthServer server =
            opened(
                HealthServer.start(
                    settings.healthHost(), settings.healthPort(), () -> health, meters.registry()));
        progress.accept(
            "Health and metrics at http://"
                + settings.healthHost()
                + ":"
                + server.port()
                + "/actuator/health/readiness");
      }
      short replicas = Broker.prepare(settings.kafka(), settings.brokerLimit(), progress);
      requireRights();
      if (settings.stage() == StageName.MATCHER || settings.stage() == StageName.WEB) {
        SiteKeys.requireOpen(settings.kafka());
      }
      Networks networks =
          opened(new Networks(settings.pipeline(), settings.dataDirectory().resolve("models")));
      if (settings.stage() == StageName.DETECTOR) {
        networks.startAttackDetector(progress);
      }
      Stage stage =
          opened(
              stage(
                  new Stages(settings.pipeline(), settings.kafka(), networks, meters.registry()),
                  replicas));
      stage.start();
      if (stage instanceof WebUi web) {
        progress.accept("The pages are at " + web.url());
        web.certificate()
            .filter(served -> settings.web().transport().selfSignedIn().isPresent())
            .ifPresent(
                served ->
                    progress.accept("Self-signed certificate, SHA-256 " + served.fingerprint()));
        web.newAdministratorLink()
            .ifPresent(link -> progress.accept("Administrator's link, shown this once: " + link));
      }
      watch(stage);
    } catch (WebUnavailableException e) {
      health = Health.failed(String.valueOf(e.getMessage()));
      throw new OutsideMissingException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      health = Health.failed(String.valueOf(e.getMessage()));
      throw e;
    } finally {
      close();
    }
  }

  private void requireRights() throws InterruptedException {
    try {
      RightsCheck.require(settings.stage().toString(), settings.kafka());
    } catch (ExecutionException e) {
      throw new OutsideMissingException(
          "Kafka at "
              + settings.kafka().bootstrapServers()
              + " does not say what this worker may do there: "
              + e.getCause(),
          e);
    }
  }

  /** As the platform sees it; may be asked by any thread. */
  public Health health() {
    return health;
  }

  private Stage stage(Stages stages, short replicas) {
    return switch (settings.stage()) {
      case CAPTURE -> stages.capture();
      case DETECTOR -> stages.detector();
      case ENCODER -> stages.encoder();
      case MATCHER -> matcher(stages, replicas);
      case WEB -> stages.web(settings.web(), database());
    };
  }

  private Stage matcher(Stages stages, short replicas) {
    DataDirectory data = opened(DataDirectory.take(settings.dataDirectory()));
    return stages.matcher(data.identity(), data.matcher(), replicas);
  }

  private DatabaseConnection database() {
    return settings
        .database()
        .orElseThrow(
            () ->
                new OutsideMissingException(
                    "The web stage needs a PostgreSQL: --database jdbc:postgresql://HOST:5432/NAME"
                        + " --database-user USER --database-password-file FILE"));
  }

  private void watch(Stage stage) throws InterruptedException {
    while (!closing) {
      Health now = stage.health();
      if (now.state() != health.state()) {
        progress.accept(
            stage.name()
                + " is "
                + now.state()
                + (now.message().isEmpty() ? "" : ": " + now.message()));
      }
      health = now;
      if (!now.isAlive() && !closing) {
        throw new OutsideMissingException(
            "The " + stage.name() + " cannot go on: " + now.message());
      }
      Thread.sleep(LOOK_INTERVAL.toMillis());
    }
  }

  private synchronized <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** Stops the stage cleanly; {@link #run()} returns soon after. Idempotent, from any thread. */
  @Override
  public synchronized void close() {
    closing = true;
    for (AutoCloseable part = open.poll(); part != null; part = open.poll()) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("Could not stop {}", part, e);
      }
    }
  }
}
