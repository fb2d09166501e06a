package io.facelogin.detector;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real broker on disk that can go away and come back, unlike those of test kits. */
public final class RestartableBroker implements AutoCloseable {

  private final Map<String, String> config = new HashMap<>();
  private final int port;
  private KafkaRaftServer server;

  public RestartableBroker(Path folder) throws Exception {
    int[] ports = freePorts();
    port = ports[0];
    config.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@localhost:" + ports[1],
            "controller.listener.names", "CONTROLLER",
            "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + ports[1],
            "advertised.listeners", "PLAINTEXT://localhost:" + port,
            "log.dirs", folder.toString(),
            "message.max.bytes", "9000000",
            "auto.create.topics.enable", "false"));
    config.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "2",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "2",
            "group.initial.rebalance.delay.ms", "0",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "num.io.threads", "2",
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500"));
    new Formatter()
        .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName("CONTROLLER")
        .run();
    server = started();
  }

  private KafkaRaftServer started() {
    KafkaRaftServer fresh = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
    fresh.startup();
    return fresh;
  }

  public String address() {
    return "localhost:" + port;
  }

  public void goAway() {
    server.shutdown();
    server.awaitShutdown();
  }

  public void comeBack() {
    server = started();
  }

  private static int[] freePorts() throws IOException {
    try (ServerSocket a = new ServerSocket(0);
        ServerSocket b = new ServerSocket(0)) {
      return new int[] {a.getLocalPort(), b.getLocalPort()};
    }
  }

  @Override
  public void close() {
    goAway();
  }
}
