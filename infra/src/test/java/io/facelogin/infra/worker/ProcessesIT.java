package io.facelogin.infra.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.infra.SiteClient;
import io.facelogin.infra.TestFaces;
import io.facelogin.infra.TestFaces.Person;
import io.facelogin.infra.chaos.BrokerProcess;
import io.facelogin.infra.chaos.JavaProcess;
import io.facelogin.infra.cli.FaceLogin;
import io.facelogin.infra.embedded.EmbeddedDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline as processes of its own on one broker and one database, some of them killed. */
class ProcessesIT {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration RECOVERY = Duration.ofMinutes(2);
  private static final Duration AWAY = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final List<JavaProcess> processes = new ArrayList<>();

  @AfterEach
  void stopAll() throws Exception {
    for (JavaProcess process : processes) {
      process.close();
    }
  }

  @Test
  void goesOnWithoutKilledWorkersAndLosesNothingWhileBrokerOrDatabaseAreAway() throws Exception {
    JavaProcess broker = startBroker();
    String kafka = broker.awaitLine(Pattern.compile("broker at (\\S+)"), START);
    EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"));
    try {
      int port = freePort();
      JavaProcess web = startWeb(kafka, database, port);
      startWorker("capture", "capture", kafka);
      JavaProcess firstDetector = startWorker("detector", "detector-1", kafka);
      startWorker("detector", "detector-2", kafka);
      startWorker("encoder", "encoder", kafka);
      JavaProcess firstMatcher = startWorker("matcher", "matcher-1", kafka);
      JavaProcess secondMatcher = startWorker("matcher", "matcher-2", kafka);
      String token = web.awaitLine(Pattern.compile("/admin\\?token=(\\S+)"), START);
      SiteClient client = new SiteClient(URI.create("http://127.0.0.1:" + port), token);
      awaitReady(firstMatcher);
      awaitReady(secondMatcher);

      addCamera(client, "ada", Person.ADA);
      addCamera(client, "stranger", Person.STRANGER);
      awaitDecisions(client, "ada");
      enrol(client, "Ada", Person.ADA);
      awaitNamed(client, "ada", "Ada");

      firstDetector.kill();
      firstMatcher.kill();
      addCamera(client, "bea", Person.BEA);
      awaitDecisions(client, "bea");
      enrol(client, "Bea", Person.BEA);
      awaitNamed(client, "bea", "Bea");

      broker.kill();
      Thread.sleep(AWAY.toMillis());
      startBroker().awaitLine(Pattern.compile("broker at (" + kafka + ")"), START);
      awaitIdentified(client, "Ada", Person.ADA);

      killDatabase();
      Thread.sleep(AWAY.toMillis());
      closeQuietly(database);
      database = EmbeddedDatabase.start(folder.resolve("postgres"));
      awaitIdentified(client, "Bea", Person.BEA);
      assertThat(client.get("/api/v1/people").get("total").asInt()).isEqualTo(2);

      // What was decided while the database was away has come in as well.
      await("all decisions are kept")
          .atMost(RECOVERY)
          .until(() -> keptDecisions(client).containsAll(decidedSoFar(kafka)));
      assertThat(namesSeen(client, "stranger")).isEmpty();
    } finally {
      database.close();
    }
  }

  @Test
  void aWorkerWithoutABrokerSaysSoAndEndsWithCode3() throws Exception {
    JavaProcess worker =
        worker("detector", "alone", "--kafka", "127.0.0.1:" + freePort(), "--kafka-wait", "1");
    assertThat(worker.exitCode(START)).isEqualTo(3);
    assertThat(worker.output())
        .contains("No answer from Kafka at 127.0.0.1:")
        .doesNotContain("\tat ");
  }

  private JavaProcess startBroker() throws Exception {
    Path output = folder.resolve("broker-" + processes.size() + ".log");
    return started(
        JavaProcess.start(
            output, BrokerProcess.class, List.of(folder.resolve("kafka").toString())));
  }

  private JavaProcess startWorker(String stage, String name, String kafka) throws Exception {
    return worker(stage, name, "--kafka", kafka);
  }

  private JavaProcess startWeb(String kafka, EmbeddedDatabase database, int port) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), database.password());
    return worker(
        "web",
        "web",
        "--kafka",
        kafka,
        "--database",
        database.jdbcUrl(),
        "--database-user",
        database.user(),
        "--database-password-file",
        password.toString(),
        "--port",
        Integer.toString(port));
  }

  private JavaProcess worker(String stage, String name, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("worker", stage));
    arguments.addAll(List.of("--data", folder.resolve("data-" + name).toString()));
    arguments.addAll(List.of(options));
    return started(JavaProcess.start(folder.resolve(name + ".log"), FaceLogin.class, arguments));
  }

  private JavaProcess started(JavaProcess process) {
    processes.add(process);
    return process;
  }

  /** Asks the worker's own endpoint, as a platform does. */
  private static void awaitReady(JavaProcess worker) throws Exception {
    URI health =
        URI.create(worker.awaitLine(Pattern.compile("Health and metrics at (\\S+)"), START));
    HttpClient http = HttpClient.newHttpClient();
    await(health + " is ready")
        .atMost(START)
        .ignoreExceptions()
        .until(
            () ->
                http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                        .statusCode()
                    == 200);
  }

  private void addCamera(SiteClient client, String id, Person person) throws Exception {
    Path clip = TestFaces.clip(person, 0, 4, folder.resolve(id + ".mp4"));
    client.postJson(
        "/api/v1/cameras",
        Map.of("id", id, "name", id, "address", clip.toString(), "maxFramesPerSecond", 4));
  }

  /** Frames of this camera come through to the matcher that has its partition now. */
  private static void awaitDecisions(SiteClient client, String camera) {
    await(camera + " is looked at")
        .atMost(RECOVERY)
        .ignoreExceptions()
        .until(() -> !client.get("/api/v1/decisions?camera=" + camera).get("decisions").isEmpty());
  }

  /** Again while the matcher that has this person's partition is not back yet. */
  private static void enrol(SiteClient client, String name, Person person) throws Exception {
    byte[] photograph = TestFaces.photograph(person, 0);
    await(name + " is enrolled")
        .atMost(RECOVERY)
        .ignoreExceptions()
        .until(() -> client.enrol(name, photograph).get("templates").asInt() == 1);
  }

  private static void awaitNamed(SiteClient client, String camera, String name) {
    await(camera + " names " + name)
        .atMost(RECOVERY)
        .ignoreExceptions()
        .until(() -> namesSeen(client, camera).contains(name));
  }

  private static void awaitIdentified(SiteClient client, String name, Person person)
      throws Exception {
    byte[] photograph = TestFaces.photograph(person, 0);
    await(name + " is identified")
        .atMost(RECOVERY)
        .ignoreExceptions()
        .until(() -> client.identify(photograph).at("/person/name").asString().equals(name));
  }

  private static Set<String> namesSeen(SiteClient client, String camera) throws Exception {
    Set<String> names = new HashSet<>();
    client
        .get("/api/v1/decisions?camera=" + camera)
        .get("decisions")
        .forEach(decision -> names.add(decision.at("/person/name").asString("")));
    names.remove("");
    return names;
  }

  private static Set<String> keptDecisions(SiteClient client) throws Exception {
    Set<String> ids = new HashSet<>();
    for (int page = 0; ; page++) {
      var decisions = client.get("/api/v1/decisions?page=" + page).get("decisions");
      if (decisions.isEmpty()) {
        return ids;
      }
      StreamSupport.stream(decisions.spliterator(), false)
          .forEach(decision -> ids.add(decision.get("id").asString()));
    }
  }

  private static Set<String> decidedSoFar(String kafka) {
    Set<String> ids = new HashSet<>();
    try (var consumer =
        new KafkaConsumer<>(
            KafkaConnection.to(kafka).consumerConfig(),
            new StringDeserializer(),
            Topics.DECISIONS.valueSerde().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.DECISIONS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> ids.add(record.value().getDecisionId()));
      }
    }
    return ids;
  }

  private void killDatabase() throws Exception {
    Path pidFile = folder.resolve("postgres/cluster/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    server.destroyForcibly();
    server.onExit().get();
  }

  private static void closeQuietly(EmbeddedDatabase killed) {
    try {
      killed.close();
    } catch (IllegalStateException e) {
      // Its server is dead already.
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
