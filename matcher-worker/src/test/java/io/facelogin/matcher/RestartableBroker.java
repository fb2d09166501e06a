package io.facelogin.matcher;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
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

/** A broker that can go away and come back at the same address with its records. */
final class RestartableBroker implements AutoCloseable {

  private final MasterKeys masters = MasterKeys.passing();

  private final Map<String, String> config;
  private final int port;
  private KafkaRaftServer server;

  RestartableBroker(Path folder) throws Exception {
    port = freePort();
    int controllerPort = freePort();
    config =
        new HashMap<>(
            Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@localhost:" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://localhost:" + port,
                "log.dirs",
                folder.toString(),
                "message.max.bytes",
                "8388608"));
    config.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "2",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "2",
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500"));
    new Formatter()
        .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName("CONTROLLER")
        .run();
    server = start();
  }

  private KafkaRaftServer start() {
    KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
    started.startup();
    return started;
  }

  KafkaConnection connection() {
    return KafkaConnection.to("localhost:" + port).withMasterKeys(masters);
  }

  void goAway() {
    server.shutdown();
    server.awaitShutdown();
  }

  void comeBack() {
    server = start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    goAway();
  }
}
