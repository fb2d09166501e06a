package io.facelogin.infra.embedded;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.infra.OutsideMissingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker and its controller in this process, on disk and on loopback only.
 *
 * <p>It has no shutdown hook of its own: the owner closes it, after everything that uses it. Killed
 * without that, it recovers at the next start, which then takes about {@value #SESSION_MS} ms
 * longer. Topics are never created by accident; use {@code TopicSetup}.
 */
public final class EmbeddedKafka implements AutoCloseable {

  /** How long the controller waits for a broker that died; Kafka's own default is 9 s. */
  private static final int SESSION_MS = 5_000;

  private static final String HOST = "127.0.0.1";
  private static final String BROKER = "broker";
  private static final String NODE_ID = "1";
  private static final int START_ATTEMPTS = 3;

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedKafka(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts the broker and returns when it answers.
   *
   * @param directory holds all of it; created at the first start, reused afterwards
   * @throws OutsideMissingException if the folder cannot be used or another broker runs on it
   */
  public static EmbeddedKafka start(Path directory) {
    Path log = directory.toAbsolutePath().normalize().resolve("log");
    try {
      Files.createDirectories(log);
      format(log);
      LoopbackPorts ports = ports(directory);
      for (int attempt = 1; ; attempt++) {
        int port = ports.choose(BROKER);
        int controllerPort = ports.choose("controller");
        KafkaRaftServer server =
            new KafkaRaftServer(config(log, port, controllerPort), Time.SYSTEM);
        try {
          server.startup();
          return new EmbeddedKafka(server, port);
        } catch (KafkaException e) {
          server.shutdown();
          // Somebody may have taken a port between our look and the broker's.
          if (attempt == START_ATTEMPTS || !String.valueOf(e.getMessage()).contains("bind")) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new OutsideMissingException(
          "Cannot write to "
              + directory
              + " for the embedded Kafka broker ("
              + e
              + ")."
              + " Give this user write permission there, or choose another folder with --data.",
          e);
    } catch (KafkaException e) {
      throw new OutsideMissingException(
          "The embedded Kafka broker cannot start in " + directory + ": " + e.getMessage(), e);
    } catch (Exception e) {
      throw new OutsideMissingException(
          "The embedded Kafka broker cannot start in " + directory + ": " + e, e);
    }
  }

  /** Where the broker of this folder listens, or listened when it last ran. */
  public static Optional<KafkaConnection> lastAddress(Path directory) {
    try {
      int port = ports(directory).last(BROKER);
      return port == 0 ? Optional.empty() : Optional.of(KafkaConnection.to(HOST + ":" + port));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static LoopbackPorts ports(Path directory) {
    return new LoopbackPorts(directory.toAbsolutePath().normalize().resolve("ports.properties"));
  }

  private static void format(Path log) throws Exception {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(Integer.parseInt(NODE_ID))
        .addDirectory(log.toString())
        .setMetadataLogDirectory(log.toString())
        .setControllerListenerName("CONTROLLER")
        .run();
  }

  private static KafkaConfig config(Path log, int port, int controllerPort) {
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", NODE_ID);
    config.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
    config.put("controller.listener.names", "CONTROLLER");
    config.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    config.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    config.put("log.dirs", log.toString());
    config.put("message.max.bytes", Integer.toString(2 * Topics.MAX_RECORD_BYTES));
    config.put("auto.create.topics.enable", "false");
    // One broker: nothing can be replicated, also not by what Kafka keeps for itself.
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      config.put(topic + ".replication.factor", "1");
      config.put(topic + ".num.partitions", "4");
    }
    config.put("transaction.state.log.min.isr", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
    // No replica holds what a power cut takes from the page cache: to the disk at least each
    // second.
    config.put("log.flush.interval.ms", "1000");
    config.put("log.flush.scheduler.interval.ms", "1000");
    // Quick to come back after kill -9.
    config.put("broker.session.timeout.ms", Integer.toString(SESSION_MS));
    config.put("broker.heartbeat.interval.ms", "500");
    // Small: 32 MB of heap instead of 157.
    config.put("log.cleaner.dedupe.buffer.size", "4194304");
    config.put("num.io.threads", "4");
    config.put("num.network.threads", "2");
    config.put("background.threads", "4");
    return new KafkaConfig(config);
  }

  public int port() {
    return port;
  }

  public KafkaConnection connection() {
    return KafkaConnection.to(HOST + ":" + port);
  }

  /** Stops cleanly within about a second. Idempotent. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
