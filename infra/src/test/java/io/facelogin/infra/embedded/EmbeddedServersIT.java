package io.facelogin.infra.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Retention;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.infra.OutsideMissingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersIT {

  @TempDir Path directory;

  @Test
  void brokerKeepsRecordsAndAddressOverARestart() throws Exception {
    int port;
    byte[] largest = new byte[Topics.MAX_RECORD_BYTES - 200];
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      port = kafka.port();
      TopicSetup.createMissing(kafka.connection(), (short) 1);
      send(kafka.connection(), largest);
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      assertThat(kafka.port()).isEqualTo(port);
      assertThat(firstRecord(kafka.connection())).hasSameSizeAs(largest);
    }
  }

  @Test
  void brokerMovesToAnotherPortWhenItsOwnWasTaken() throws Exception {
    int port;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      port = kafka.port();
      TopicSetup.createMissing(kafka.connection(), (short) 1);
      send(kafka.connection(), new byte[] {1, 2, 3});
    }
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      assertThat(kafka.port()).isNotEqualTo(taken.getLocalPort());
      assertThat(firstRecord(kafka.connection())).containsExactly(1, 2, 3);
    }
  }

  @Test
  void topicsThatAreThereAlreadyKeepAsLongAsWantedFromNowOn() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        Admin admin = Admin.create(kafka.connection().clientConfig())) {
      TopicSetup.createMissing(kafka.connection(), (short) 1);
      Retention retention = new Retention(Duration.ofDays(2), Duration.ofHours(12));
      assertThat(TopicSetup.keep(kafka.connection(), retention)).isPositive();
      await("the broker has heard of it")
          .until(() -> TopicSetup.keep(kafka.connection(), retention) == 0);
      assertThat(kept(admin, Topics.EMBEDDINGS.name())).isEqualTo(Duration.ofHours(12));
      assertThat(kept(admin, Topics.FACES.deadLetterName())).isEqualTo(Duration.ofHours(12));
      assertThat(kept(admin, Topics.DECISIONS.name())).isEqualTo(Duration.ofDays(2));
      assertThat(kept(admin, Topics.FRAMES.name())).isEqualTo(Duration.ofMinutes(15));

      assertThat(TopicSetup.keep(kafka.connection(), Retention.defaults())).isPositive();
      await("the broker has heard of that too")
          .until(() -> TopicSetup.keep(kafka.connection(), Retention.defaults()) == 0);
      assertThat(kept(admin, Topics.EMBEDDINGS.name())).isEqualTo(Duration.ofHours(24));
    }
  }

  private static Duration kept(Admin admin, String topic) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        Objects.requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource));
    return Duration.ofMillis(Long.parseLong(config.get("retention.ms").value()));
  }

  @Test
  void databaseKeepsRowsIsDurableAndAsksForThePassword() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory);
        Connection connection = connect(database, database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create table visitor(name text)");
      statement.execute("insert into visitor values ('Ada')");
      assertThat(one(statement, "show fsync")).isEqualTo("on");
      assertThat(one(statement, "show synchronous_commit")).isEqualTo("on");
      assertThatThrownBy(() -> connect(database, "wrong")).isInstanceOf(SQLException.class);
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory);
        Connection connection = connect(database, database.password());
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "select name from visitor")).isEqualTo("Ada");
    }
  }

  /** The broker asks for no password: nobody on the network may reach it. */
  @Test
  void bothListenOnLoopbackOnly() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("postgres"))) {
      int databasePort = URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
      assertThat(addressesListeningAt(kafka.port())).containsExactly(LOOPBACK);
      assertThat(addressesListeningAt(databasePort)).containsExactly(LOOPBACK);
    }
  }

  private static final String LOOPBACK = "0100007F";

  /** As the kernel writes them: bytes in the machine's order, in hexadecimal. */
  private static Set<String> addressesListeningAt(int port) throws IOException {
    String listening = "0A";
    Set<String> addresses = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      Files.readAllLines(Path.of("/proc/net", table)).stream()
          .skip(1)
          .map(line -> line.strip().split("\\s+"))
          .filter(cells -> cells[3].equals(listening))
          .map(cells -> cells[1].split(":"))
          .filter(local -> Integer.parseInt(local[1], 16) == port)
          .forEach(local -> addresses.add(local[0]));
    }
    // ::1 and ::ffff:127.0.0.1 are this machine, too.
    return addresses.stream()
        .map(
            address ->
                address.equals("00000000000000000000000001000000")
                        || address.equals("0000000000000000FFFF00000100007F")
                    ? LOOPBACK
                    : address)
        .collect(Collectors.toSet());
  }

  @Test
  void bothSayWhatToDoWhereTheyCannotWrite() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "not a folder");
    assertThatThrownBy(() -> EmbeddedKafka.start(file.resolve("kafka")))
        .isInstanceOf(OutsideMissingException.class)
        .hasMessageContaining("--data");
    assertThatThrownBy(() -> EmbeddedDatabase.start(file.resolve("postgres")))
        .isInstanceOf(OutsideMissingException.class)
        .hasMessageContaining("--data");
  }

  private static void send(KafkaConnection kafka, byte[] value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.FRAMES.name(), 0, "camera", value)).get();
    }
  }

  private static byte[] firstRecord(KafkaConnection kafka) {
    try (var consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer())) {
      var partition = new TopicPartition(Topics.FRAMES.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
    }
  }

  private static Connection connect(EmbeddedDatabase database, String password)
      throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), password);
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
