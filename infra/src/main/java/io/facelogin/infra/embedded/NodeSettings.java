package io.facelogin.infra.embedded;

import io.facelogin.contract.kafka.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One Kafka server on loopback that is broker and controller, alone or one of several.
 *
 * @param log folder of its records
 * @param number 1 to the number of nodes
 * @param port where clients find it
 * @param controllerPorts of all nodes, in the order of their numbers
 * @param clusterId the same for all nodes, as Kafka makes them ({@code Uuid})
 * @param more settings as Kafka names them, which win over ours
 * @param firstUsers as {@code kafka-storage.sh --add-scram} takes them; only a broker whose folder
 *     is new looks at them
 */
public record NodeSettings(
    Path log,
    int number,
    int port,
    List<Integer> controllerPorts,
    String clusterId,
    Map<String, String> more,
    List<String> firstUsers) {

  static final String HOST = "127.0.0.1";

  /** How long the controller waits for a broker that died; Kafka's own default is 9 s. */
  private static final int SESSION_MS = 5_000;

  public NodeSettings {
    controllerPorts = List.copyOf(controllerPorts);
    more = Map.copyOf(more);
    firstUsers = List.copyOf(firstUsers);
  }

  /** The only one of its cluster. */
  public static NodeSettings alone(Path log, int port, int controllerPort) {
    return new NodeSettings(
        log,
        1,
        port,
        List.of(controllerPort),
        org.apache.kafka.common.Uuid.randomUuid().toString(),
        Map.of(),
        List.of());
  }

  public NodeSettings with(Map<String, String> settings, List<String> users) {
    return new NodeSettings(log, number, port, controllerPorts, clusterId, settings, users);
  }

  /** What Kafka is told. */
  Map<String, String> toKafka() {
    int nodes = controllerPorts.size();
    int controllerPort = controllerPorts.get(number - 1);
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", Integer.toString(number));
    config.put(
        "controller.quorum.voters",
        IntStream.range(0, nodes)
            .mapToObj(i -> (i + 1) + "@" + HOST + ":" + controllerPorts.get(i))
            .collect(Collectors.joining(",")));
    config.put("controller.listener.names", "CONTROLLER");
    config.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    config.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    config.put("log.dirs", log.toString());
    config.put("message.max.bytes", Integer.toString(2 * Topics.MAX_RECORD_BYTES));
    config.put("auto.create.topics.enable", "false");
    // What Kafka keeps for itself is copied to all nodes, and taken when all but one have it.
    int inSync = Math.max(1, nodes - 1);
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      config.put(topic + ".replication.factor", Integer.toString(nodes));
      config.put(topic + ".num.partitions", "4");
    }
    config.put("transaction.state.log.min.isr", Integer.toString(inSync));
    config.put("share.coordinator.state.topic.min.isr", Integer.toString(inSync));
    config.put("min.insync.replicas", Integer.toString(inSync));
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
    config.putAll(more);
    return config;
  }
}
