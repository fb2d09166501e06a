package io.facelogin.infra.embedded;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A Kafka server in this process. It has no shutdown hook: the owner closes it. */
public final class KafkaNode implements AutoCloseable {

  private final KafkaRaftServer server;

  private KafkaNode(KafkaRaftServer server) {
    this.server = server;
  }

  /**
   * Returns when it answers; one of several waits until most of them run.
   *
   * @throws org.apache.kafka.common.KafkaException if it cannot start, such as for a taken port
   * @throws Exception if its folder cannot be used
   */
  public static KafkaNode start(NodeSettings settings) throws Exception {
    format(settings);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings.toKafka()), Time.SYSTEM);
    try {
      server.startup();
      return new KafkaNode(server);
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
  }

  private static void format(NodeSettings settings) throws Exception {
    Path log = settings.log();
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(log);
    new Formatter()
        .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
        .setClusterId(settings.clusterId())
        .setNodeId(settings.number())
        .addDirectory(log.toString())
        .setMetadataLogDirectory(log.toString())
        .setControllerListenerName("CONTROLLER")
        .setScramArguments(settings.firstUsers())
        .run();
  }

  /** Stops cleanly within about a second. Idempotent. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
