package io.facelogin.infra.chaos;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.embedded.EmbeddedDatabase;
import io.facelogin.infra.rest.SiteConnection;
import io.facelogin.infra.worker.StageName;
import java.io.IOException;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A site to which something may happen: brokers, database and each stage as processes of their own
 * under one folder, all on loopback. This object is the platform, which starts anew what has died.
 * For one thread.
 */
final class RehearsalSite implements AutoCloseable {

  static final Duration START = Duration.ofMinutes(3);
  private static final Pattern HEALTH = Pattern.compile("Health and metrics at (\\S+)");
  private static final Pattern ADMIN = Pattern.compile("/admin\\?token=(\\S+)");

  private final Path folder;
  private final Class<?> program;
  private final Brokers brokers;
  private final Path masterKeyFile;
  private final MasterKeys masterKeys;
  private final Map<StageName, JavaProcess> workers = new EnumMap<>(StageName.class);
  private final Map<StageName, URI> readiness = new EnumMap<>(StageName.class);
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final int port;
  private @Nullable EmbeddedDatabase database;
  private @Nullable SiteConnection connection;
  private int starts;

  /**
   * @param program the command line, which runs single stages
   */
  RehearsalSite(Path folder, int numberOfBrokers, Class<?> program) throws IOException {
    this.folder = folder;
    this.program = program;
    this.brokers = new Brokers(folder.resolve("kafka"), numberOfBrokers);
    this.port = freePort();
    this.masterKeyFile = folder.resolve("master.key");
    this.masterKeys = MasterKeys.readOrMake(masterKeyFile);
  }

  /** Starts brokers, database and these stages; returns when they are ready. */
  void start(List<StageName> stages) throws Exception {
    Files.createDirectories(folder);
    brokers.start();
    startDatabase();
    for (StageName stage : stages) {
      startWorker(stage);
    }
    for (StageName stage : stages) {
      awaitReady(stage, START);
    }
    if (stages.contains(StageName.WEB)) {
      connection =
          new SiteConnection(
              URI.create("http://127.0.0.1:" + port),
              worker(StageName.WEB).awaitLine(ADMIN, START),
              java.util.Optional.empty());
    }
  }

  Brokers brokers() {
    return brokers;
  }

  KafkaConnection kafka() {
    return brokers.connection().withMasterKeys(masterKeys);
  }

  SiteConnection rest() {
    return Objects.requireNonNull(connection, "this rehearsal has no web stage");
  }

  EmbeddedDatabase database() {
    return Objects.requireNonNull(database, "not started");
  }

  JavaProcess worker(StageName stage) {
    return Objects.requireNonNull(workers.get(stage), () -> stage + " was not started");
  }

  List<StageName> stages() {
    return List.copyOf(workers.keySet());
  }

  Path dataOf(StageName stage) {
    return folder.resolve("data-" + stage);
  }

  Path folder() {
    return folder;
  }

  void startDatabase() {
    database = EmbeddedDatabase.start(folder.resolve("postgres"));
  }

  /** As {@code kill -9} to the server; its files stay. */
  void killDatabase() throws Exception {
    Path pidFile = folder.resolve("postgres/cluster/postmaster.pid");
    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0).trim())).orElseThrow();
    server.destroyForcibly();
    server.onExit().get();
    try {
      database().close();
    } catch (IllegalStateException e) {
      // Its server is dead already.
    }
  }

  /** Starts a stage that does not run. */
  void startWorker(StageName stage) throws IOException, InterruptedException {
    Path output = folder.resolve(stage + "-" + starts++ + ".log");
    List<String> arguments = new ArrayList<>(List.of("worker", stage.toString()));
    arguments.addAll(List.of("--data", dataOf(stage).toString()));
    arguments.addAll(List.of("--kafka", kafka().bootstrapServers()));
    arguments.addAll(List.of("--master-key-file", masterKeyFile.toString()));
    if (stage == StageName.WEB) {
      Path password = Files.writeString(folder.resolve("password"), database().password());
      arguments.addAll(List.of("--database", database().jdbcUrl()));
      arguments.addAll(List.of("--database-user", database().user()));
      arguments.addAll(List.of("--database-password-file", password.toString()));
      arguments.addAll(List.of("--port", Integer.toString(port)));
    }
    JavaProcess process = JavaProcess.start(output, program, arguments);
    workers.put(stage, process);
    readiness.remove(stage);
  }

  void awaitReady(StageName stage, Duration limit) throws InterruptedException {
    Patience.upTo(limit)
        .unless(() -> !worker(stage).isAlive(), "the " + stage + " has ended; see " + folder)
        .until(stage + " is ready", () -> isReady(stage));
  }

  /** As a platform asks; who does not answer within two seconds is not ready. */
  boolean isReady(StageName stage) throws InterruptedException {
    URI asked = readiness(stage);
    try {
      HttpRequest request =
          HttpRequest.newBuilder(asked).timeout(Duration.ofSeconds(2)).GET().build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A stage's metric, summed over the lines with that label.
   *
   * @param name as Prometheus has it
   * @param label {@code name="value"}
   */
  double metric(StageName stage, String name, String label)
      throws IOException, InterruptedException {
    URI asked = readiness(stage).resolve("/actuator/prometheus");
    HttpRequest request =
        HttpRequest.newBuilder(asked).timeout(Duration.ofSeconds(5)).GET().build();
    return http.send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private URI readiness(StageName stage) throws InterruptedException {
    URI known = readiness.get(stage);
    if (known == null) {
      known =
          stage == StageName.WEB
              ? URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness")
              : URI.create(worker(stage).awaitLine(HEALTH, START));
      readiness.put(stage, known);
    }
    return known;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Stops everything, in reverse; what does not stop is killed. */
  @Override
  public void close() {
    workers.values().forEach(JavaProcess::kill);
    EmbeddedDatabase running = database;
    if (running != null) {
      try {
        running.close();
      } catch (IllegalStateException e) {
        // A scenario that failed may have left it dead.
      }
    }
    brokers.close();
  }
}
