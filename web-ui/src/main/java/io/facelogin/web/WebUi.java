package io.facelogin.web;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import io.facelogin.models.StillFaces;
import io.facelogin.web.access.AccessTokens;
import io.facelogin.web.cameras.CameraCheck;
import io.facelogin.web.identify.PictureReading;
import io.facelogin.web.observe.Surroundings;
import io.facelogin.web.tls.ServedCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The web stage: one Spring Boot application inside this process. {@link #start()} returns when the
 * pages are served; whether broker and database answer afterwards, {@link #health()} tells.
 */
public final class WebUi implements Stage {

  private volatile WebSettings settings;
  private final KafkaConnection kafka;
  private final DatabaseConnection database;
  private final Supplier<StillFaces> networks;
  private final CameraCheck cameraCheck;
  private final MeterRegistry meters;
  private final Clock clock;
  private volatile Optional<ServedCertificate> served = Optional.empty();
  private volatile @Nullable ConfigurableApplicationContext context;

  /** A stage that cannot try camera addresses, since this process has no capture agent. */
  public WebUi(
      WebSettings settings,
      KafkaConnection kafka,
      DatabaseConnection database,
      Supplier<StillFaces> networks,
      MeterRegistry meters) {
    this(settings, kafka, database, networks, CameraCheck.notHere(), meters);
  }

  /**
   * @param networks asked once, when the first picture comes over REST; what it gives stays the
   *     caller's, who closes it after this stage
   * @param meters stays the caller's; a Prometheus registry is served at /actuator/prometheus
   */
  public WebUi(
      WebSettings settings,
      KafkaConnection kafka,
      DatabaseConnection database,
      Supplier<StillFaces> networks,
      CameraCheck cameraCheck,
      MeterRegistry meters) {
    this(settings, kafka, database, networks, cameraCheck, meters, Clock.systemUTC());
  }

  /** With a clock that a test may move. */
  WebUi(
      WebSettings settings,
      KafkaConnection kafka,
      DatabaseConnection database,
      Supplier<StillFaces> networks,
      CameraCheck cameraCheck,
      MeterRegistry meters,
      Clock clock) {
    this.settings = settings;
    this.kafka = kafka;
    this.database = database;
    this.networks = networks;
    this.cameraCheck = cameraCheck;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "web";
  }

  /**
   * @throws WebUnavailableException if the port is taken or the database does not answer
   * @throws io.facelogin.web.tls.UnusableCertificateException if https cannot be served as asked
   * @throws io.facelogin.web.token.UnusableKeyFileException if the signing keys cannot be used
   */
  @Override
  public synchronized void start() {
    if (context != null) {
      throw new IllegalStateException("The web stage runs already");
    }
    served = ServedCertificate.of(settings.transport(), clock.instant());
    settings = settings.withPort(freePort());
    requireDatabase();
    // The process owns its logging, not the framework; what Tomcat says goes the same way.
    System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
    SpringApplication application = new SpringApplication(WebApplication.class);
    // The launcher stops the stages in order; a hook of Spring's would run beside it.
    application.setRegisterShutdownHook(false);
    application.addInitializers(this::handOver);
    context = application.run("--spring.config.location=classpath:/web-ui.properties");
  }

  private void handOver(ConfigurableApplicationContext starting) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.address", settings.address());
    properties.put("server.port", settings.port());
    properties.put("server.servlet.session.timeout", settings.access().sessionIdle());
    properties.put("spring.datasource.url", database.jdbcUrl());
    properties.put("spring.datasource.username", database.user());
    properties.put("spring.datasource.password", database.password());
    properties.putAll(settings.transport().serverSettings());
    served.ifPresent(certificate -> properties.putAll(certificate.serverSettings()));
    starting
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("web settings", properties));
    ConfigurableListableBeanFactory beans = starting.getBeanFactory();
    beans.registerSingleton("webSettings", settings);
    beans.registerSingleton("siteAddress", SiteAddress.of(url()));
    beans.registerSingleton("kafkaConnection", kafka);
    beans.registerSingleton("pictureReader", new PictureReading(networks));
    beans.registerSingleton("cameraCheck", cameraCheck);
    beans.registerSingleton("meterRegistry", meters);
    beans.registerSingleton("clock", clock);
    if (meters instanceof PrometheusMeterRegistry prometheus) {
      PrometheusRegistry scraped = prometheus.getPrometheusRegistry();
      beans.registerSingleton("prometheusRegistry", scraped);
    }
  }

  /** The port that is really served. */
  public int port() {
    return running().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** Where a browser finds the pages, as whoever set the site up says or else as it listens. */
  public URI url() {
    return settings.transport().publicUrl().orElseGet(this::localUrl);
  }

  /** Where a program on this machine finds the pages. */
  public URI localUrl() {
    String scheme = settings.transport().isTls() ? "https" : "http";
    String host =
        settings.address().equals("0.0.0.0") || settings.address().equals("::")
            ? "localhost"
            : settings.address();
    return URI.create(
        scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + settings.port());
  }

  /** What https is served with; empty where pages travel in plain. */
  public Optional<ServedCertificate> certificate() {
    return served;
  }

  /**
   * The administrator's link, present only after the start that made the token: it is stored hashed
   * and cannot be shown again.
   */
  public Optional<URI> newAdministratorLink() {
    return running().getBean(AccessTokens.class).madeAtThisStart().map(this::administratorLink);
  }

  /** The link that opens an administrator's session with this token. */
  public URI administratorLink(String token) {
    return URI.create(url() + "/admin?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
  }

  @Override
  public Health health() {
    ConfigurableApplicationContext running = context;
    if (running == null || !running.isActive()) {
      return Health.starting("The web stage is not started");
    }
    return running.getBean(Surroundings.class).health();
  }

  @Override
  public synchronized void close() {
    ConfigurableApplicationContext running = context;
    if (running != null) {
      running.close();
      context = null;
    }
  }

  /** Its parts, also for tests that look at all of a kind. */
  ConfigurableApplicationContext running() {
    ConfigurableApplicationContext running = context;
    if (running == null) {
      throw new IllegalStateException("The web stage is not started");
    }
    return running;
  }

  /** Known before anything is served, since tokens name the site's address as their issuer. */
  private int freePort() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getByName(settings.address()), settings.port()));
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new WebUnavailableException(
          "Cannot listen on "
              + settings.address()
              + " port "
              + settings.port()
              + " ("
              + e.getMessage()
              + "). Stop what uses it or choose another with --port; --port 0 takes any free one.");
    }
  }

  private void requireDatabase() {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      connection.isValid(5);
    } catch (SQLException e) {
      throw new WebUnavailableException(
          "No PostgreSQL at "
              + database
              + " ("
              + e.getMessage()
              + "). Start it, or name another with --database.");
    }
  }
}
