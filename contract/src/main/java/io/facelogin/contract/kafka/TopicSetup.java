package io.facelogin.contract.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that a broker does not have yet. Every process calls it at start; the first
 * one wins. Who may not create topics leaves it to somebody who may ({@code face-login kafka acls
 * --apply}).
 */
public final class TopicSetup {

  static final String RETENTION_MS = "retention.ms";

  /** How long records are kept that no code can read. */
  static final Duration DEAD_LETTERS = Duration.ofDays(7);

  private static final Map<String, String> DEAD_LETTER_CONFIG =
      Map.of(
          RETENTION_MS,
          Long.toString(DEAD_LETTERS.toMillis()),
          "max.message.bytes",
          Integer.toString(2 * Topics.MAX_RECORD_BYTES));

  private TopicSetup() {}

  /**
   * @param replicationFactor 1 on a single broker, 3 on a cluster
   * @throws ExecutionException if the broker refuses or does not answer
   */
  public static void createMissing(KafkaConnection kafka, short replicationFactor)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing = new ArrayList<>();
      for (Topic<?> topic : Topics.ALL) {
        if (!present.contains(topic.name())) {
          missing.add(
              new NewTopic(topic.name(), topic.partitions(), replicationFactor)
                  .configs(durable(topic.config(), replicationFactor)));
        }
        if (!present.contains(topic.deadLetterName())) {
          missing.add(
              new NewTopic(topic.deadLetterName(), 3, replicationFactor)
                  .configs(durable(DEAD_LETTER_CONFIG, replicationFactor)));
        }
      }
      for (KafkaFuture<Void> creation : admin.createTopics(missing).values().values()) {
        try {
          creation.get();
        } catch (ExecutionException e) {
          // Not ours to create: then somebody with more rights did, or whoever needs it will say.
          if (!(e.getCause() instanceof TopicExistsException
              || e.getCause() instanceof AuthorizationException)) {
            throw e;
          }
        }
      }
    }
  }

  /**
   * Has the topics keep what people leave in them as long as wanted, also those that are there
   * already. Asking again costs one look.
   *
   * @return how many topics were changed
   * @throws ExecutionException if the broker refuses or does not answer
   */
  public static int keep(KafkaConnection kafka, Retention retention)
      throws ExecutionException, InterruptedException {
    Map<ConfigResource, Map<String, String>> wanted = new HashMap<>();
    retention
        .byTopic()
        .forEach(
            (topic, time) ->
                wanted.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), keeping(time)));
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
      for (Map.Entry<ConfigResource, Config> topic :
          admin.describeConfigs(wanted.keySet()).all().get().entrySet()) {
        List<AlterConfigOp> differing =
            wanted.getOrDefault(topic.getKey(), Map.of()).entrySet().stream()
                .filter(each -> !isSet(topic.getValue(), each))
                .map(each -> new ConfigEntry(each.getKey(), each.getValue()))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList();
        if (!differing.isEmpty()) {
          changes.put(topic.getKey(), differing);
        }
      }
      admin.incrementalAlterConfigs(changes).all().get();
      return changes.size();
    }
  }

  private static boolean isSet(Config config, Map.Entry<String, String> wanted) {
    ConfigEntry entry = config.get(wanted.getKey());
    return entry != null && wanted.getValue().equals(entry.value());
  }

  /** Small segments, because a record only goes when its whole segment has aged. */
  static Map<String, String> keeping(Duration retention) {
    return Map.of(
        RETENTION_MS,
        Long.toString(retention.toMillis()),
        "segment.ms",
        Long.toString(Math.max(60_000, retention.toMillis() / 4)));
  }

  /** With copies on several brokers, a record counts as written when one copy may be lost. */
  private static Map<String, String> durable(Map<String, String> config, short replicationFactor) {
    Map<String, String> all = new HashMap<>(config);
    if (replicationFactor > 2) {
      all.put("min.insync.replicas", Integer.toString(replicationFactor - 1));
    }
    return all;
  }
}
