package io.facelogin.infra.site;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.embedded.EmbeddedDatabase;
import io.facelogin.infra.embedded.EmbeddedKafka;
import io.facelogin.infra.recording.KnownRecordings;
import io.facelogin.infra.recording.RecordingsOfErased;
import io.facelogin.infra.stages.Broker;
import io.facelogin.infra.stages.Meters;
import io.facelogin.infra.stages.Networks;
import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.infra.stages.Stages;
import io.facelogin.infra.stages.SupervisedStage;
import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.WebSettings;
import io.facelogin.web.WebUi;
import io.facelogin.web.WebUnavailableException;
import io.facelogin.web.tls.ServedCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything in this process: broker and database, then the stages from the matcher to the cameras,
 * so that whoever takes records is there before they come. {@link #close()} goes the other way.
 *
 * <p>{@link #close()} may come from another thread than {@link #start}, also while that still
 * works, as a shutdown hook does.
 */
public final class Site implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Site.class);
  private static final String MATCHER = "matcher-1";
  private static final short ONE_BROKER = 1;
  private static final Duration BROKER_LIMIT = Duration.ofMinutes(1);
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);

  private final SiteSettings settings;
  private final BiFunction<PipelineSettings, Path, Networks> networks;
  private final Consumer<String> progress;
  private final String runToken = randomToken();
  private final Supervisor supervisor;

  /** What is to be closed, the last opened first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private boolean closing;
  private @Nullable KafkaConnection kafka;
  private @Nullable SupervisedStage web;

  private Site(
      SiteSettings settings,
      BiFunction<PipelineSettings, Path, Networks> networks,
      Consumer<String> progress) {
    this.settings = settings;
    this.networks = networks;
    this.progress = progress;
    this.supervisor = new Supervisor(progress);
  }

  /** A site that is not started yet: its owner can arrange for {@link #close()} before. */
  public static Site of(SiteSettings settings, Consumer<String> progress) {
    return new Site(settings, Networks::new, progress);
  }

  /** With other networks, for a benchmark; says nothing. */
  public static Site start(
      SiteSettings settings, BiFunction<PipelineSettings, Path, Networks> networks) {
    Site site = new Site(settings, networks, line -> {});
    site.start();
    return site;
  }

  /** A running site, for tests and single commands: says nothing. */
  public static Site start(SiteSettings settings) {
    Site site = new Site(settings, Networks::new, line -> {});
    site.start();
    return site;
  }

  /**
   * Returns when every stage is ready; what was opened before a fault is closed again.
   *
   * @throws OutsideMissingException if something outside is missing: folder, port, weights
   */
  public void start() {
    try {
      startAll();
    } catch (IOException e) {
      close();
      throw new OutsideMissingException(
          "Cannot write to the data directory " + settings.dataDirectory() + " (" + e + ")", e);
    } catch (WebUnavailableException e) {
      close();
      throw new OutsideMissingException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the site was starting", e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void startAll() throws IOException, InterruptedException {
    DataDirectory data = opened(DataDirectory.take(settings.dataDirectory()));
    progress.accept("Data directory " + data.root());
    MasterKeys keys = SiteKeys.open(data, settings.masterKeys());
    if (settings.masterKeys().isEmpty()) {
      progress.accept(
          "Master key "
              + SiteKeys.file(data.root())
              + ": it lies beside the data. That makes erasing final and backups safe, but whoever"
              + " takes the whole disk has both; keep it elsewhere with --master-key-file");
    }
    Meters meters = opened(new Meters());

    Networks networks = opened(this.networks.apply(settings.pipeline(), data.models()));

    // The three slow ones side by side; each takes one to four seconds.
    var startingDatabase = background(() -> EmbeddedDatabase.start(data.postgres()));
    var startingKafka = background(() -> EmbeddedKafka.start(data.kafka()));
    EmbeddedDatabase database = awaited(startingDatabase);
    progress.accept("PostgreSQL at " + database.jdbcUrl());
    EmbeddedKafka broker = awaited(startingKafka);
    KafkaConnection topics = broker.connection().withMasterKeys(keys);
    kafka = topics;
    progress.accept("Kafka at " + topics.bootstrapServers());
    Broker.prepare(topics, BROKER_LIMIT, progress);
    SiteKeys.requireOpen(topics);
    opened(RecordingsOfErased.watch(topics, KnownRecordings.of(data.root())));

    Stages stages = new Stages(settings.pipeline(), topics, networks, meters.registry());
    WebSettings webSettings =
        WebSettings.defaults()
            .withAddress(settings.host())
            .withPort(settings.port())
            .withTransport(settings.transport())
            .withTokens(settings.tokens())
            .withRunToken(runToken)
            .withAccess(settings.access())
            .withOpenEnrolment(settings.openEnrolment())
            .withRetention(settings.retention())
            .withOptions(settings.options());
    DatabaseConnection connection =
        new DatabaseConnection(database.jdbcUrl(), database.user(), database.password());
    startStage("matcher", () -> stages.matcher(MATCHER, data.matcher(), ONE_BROKER));
    startStage("encoder", stages::encoder);
    networks.startAttackDetector(progress);
    startStage("detector", stages::detector);
    web = startStage("web", () -> stages.web(webSettings, connection));
    new CameraRegistry(topics).addMissing(settings.cameras(), settings.pipeline());
    startStage("capture", stages::capture);

    String unready = supervisor.waitUntilReady(READY_LIMIT);
    if (!unready.isEmpty()) {
      throw new IllegalStateException(
          "Not every stage became ready. " + unready + " (see " + data.logFile() + ")");
    }
    ServerFile.of(localUrl(), runToken, certificate()).write(data.root());
    opened(() -> ServerFile.remove(data.root()));
    supervisor.startTending();
    opened(supervisor);
  }

  private SupervisedStage startStage(String name, Supplier<? extends Stage> maker) {
    progress.accept("Starting " + name);
    SupervisedStage stage = opened(new SupervisedStage(name, maker));
    stage.start();
    supervisor.add(stage);
    return stage;
  }

  /** Whatever is opened is closed, also when the site is told to close while it starts. */
  private <T extends AutoCloseable> T opened(T part) {
    synchronized (open) {
      if (!closing) {
        open.push(part);
        return part;
      }
    }
    closeQuietly(part);
    throw new IllegalStateException("The site was closed while it was starting");
  }

  private <T extends AutoCloseable> CompletableFuture<T> background(Supplier<T> opening) {
    return CompletableFuture.supplyAsync(
        () -> opened(opening.get()), task -> new Thread(task, "site-start").start());
  }

  private static <T> T awaited(CompletableFuture<T> starting) {
    try {
      return starting.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Where a browser finds the pages. */
  public URI url() {
    return webUi().url();
  }

  /** Where a program on this machine finds the pages. */
  public URI localUrl() {
    return webUi().localUrl();
  }

  /** What https is served with; empty where pages travel in plain. */
  public Optional<ServedCertificate> certificate() {
    return webUi().certificate();
  }

  /** A bearer token that is valid as the administrator's while this site runs. */
  public String runToken() {
    return runToken;
  }

  /** The administrator's lasting link; only the start that made it can show it. */
  public Optional<URI> newAdministratorLink() {
    return webUi().newAdministratorLink();
  }

  /** An administrator's link that is valid while this site runs. */
  public URI administratorLinkOfThisRun() {
    return webUi().administratorLink(runToken);
  }

  /** The embedded broker, for whoever wants to look at the topics. */
  public KafkaConnection kafka() {
    KafkaConnection broker = kafka;
    if (broker == null) {
      throw new IllegalStateException("The site is not started");
    }
    return broker;
  }

  /** How each stage is. */
  public Map<String, Health> health() {
    Map<String, Health> health = new LinkedHashMap<>();
    supervisor.stages().forEach(stage -> health.put(stage.name(), stage.health()));
    return health;
  }

  private WebUi webUi() {
    SupervisedStage stage = web;
    if (stage == null) {
      throw new IllegalStateException("The site is not started");
    }
    return (WebUi) stage.current();
  }

  private static String randomToken() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Stops everything in reverse order; a part that does not stop keeps none of the others. */
  @Override
  public void close() {
    while (true) {
      AutoCloseable part;
      synchronized (open) {
        closing = true;
        part = open.poll();
      }
      if (part == null) {
        return;
      }
      if (part instanceof Stage stage) {
        progress.accept("Stopping " + stage.name());
      }
      closeQuietly(part);
    }
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.error("Could not stop {}", part, e);
    }
  }
}
