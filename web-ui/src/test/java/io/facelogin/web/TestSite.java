package io.facelogin.web;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyRecords;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.models.StillFaces;
import io.facelogin.web.access.AccessSettings;
import io.facelogin.web.cameras.CameraCheck;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A real broker and a real PostgreSQL with the web stage on them; any number of times. */
final class TestSite implements AutoCloseable {

  static final String RUN_TOKEN = "a-token-of-this-run-only-0123456789";

  private final EmbeddedKafkaBroker broker;
  private final EmbeddedPostgres postgres;
  private final Supplier<StillFaces> networks;
  private final KafkaConnection kafka;

  TestSite(Supplier<StillFaces> networks) throws Exception {
    this.networks = networks;
    this.broker =
        new EmbeddedKafkaKraftBroker(1, 1)
            .brokerProperties(
                Map.of(
                    "message.max.bytes", Integer.toString(Topics.MAX_RECORD_BYTES),
                    "group.initial.rebalance.delay.ms", "0",
                    "auto.create.topics.enable", "false",
                    "log.cleaner.dedupe.buffer.size", "4194304"));
    broker.afterPropertiesSet();
    this.kafka =
        KafkaConnection.to(broker.getBrokersAsString()).withMasterKeys(MasterKeys.passing());
    TopicSetup.createMissing(kafka, (short) 1);
    this.postgres = EmbeddedPostgres.start();
  }

  KafkaConnection kafka() {
    return kafka;
  }

  DatabaseConnection database() {
    return new DatabaseConnection(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "");
  }

  /** A key of somebody new, as an enrolment issues it. */
  DataKey personKey(UUID person) throws Exception {
    DataKey key = DataKey.fresh();
    byte[] wrapped =
        PersonKeyRecords.wrap(
                new PersonId(person.toString()), key, Instant.now(), kafka.masterKeysOrThrow())
            .toByteArray();
    try (var producer =
        new KafkaProducer<>(
            kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.PERSON_KEYS.name(), person.toString(), wrapped))
          .get();
    }
    return key;
  }

  /** As the superuser. */
  void update(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  WebUi web(WebSettings settings) {
    return web(settings, database());
  }

  WebUi web(WebSettings settings, DatabaseConnection database) {
    return web(settings, database, Clock.systemUTC());
  }

  WebUi web(WebSettings settings, Clock clock) {
    return web(settings, database(), clock);
  }

  private WebUi web(WebSettings settings, DatabaseConnection database, Clock clock) {
    return new WebUi(
        settings,
        kafka,
        database,
        networks,
        (address, timeout) -> new CameraCheck.Answer(true, 640, 480, ""),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        clock);
  }

  static WebSettings settings() {
    WebSettings defaults = WebSettings.defaults().withPort(0).withRunToken(RUN_TOKEN);
    return new WebSettings(
        defaults.address(),
        defaults.port(),
        defaults.openEnrolment(),
        defaults.runToken(),
        defaults.minFacePx(),
        defaults.verificationThreshold(),
        defaults.browserFramesPerSecond(),
        defaults.liveSessions(),
        Duration.ofSeconds(4),
        defaults.consentTextVersion(),
        defaults.liveness(),
        defaults.transport(),
        defaults.tokens().withKeyFile(keyFile()),
        AccessSettings.defaults(),
        defaults.retention(),
        Map.of());
  }

  /** Of this run only, in the folder that the build throws away. */
  private static Path keyFile() {
    return Path.of("target", "signing-keys-" + ProcessHandle.current().pid() + ".key");
  }

  @Override
  public void close() throws java.io.IOException {
    postgres.close();
    broker.destroy();
  }
}
