package io.facelogin.contract.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that a broker does not have yet. Every process calls it at start; the first
 * one wins. Who may not create topics leaves it to somebody who may ({@code face-login kafka acls
 * --apply}).
 */
public final class TopicSetup {

  private static final Map<String, String> DEAD_LETTER_CONFIG =
      Map.of(
          "retention.ms",
          "604800000",
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

  /** With copies on several brokers, a record counts as written when one copy may be lost. */
  private static Map<String, String> durable(Map<String, String> config, short replicationFactor) {
    Map<String, String> all = new HashMap<>(config);
    if (replicationFactor > 2) {
      all.put("min.insync.replicas", Integer.toString(replicationFactor - 1));
    }
    return all;
  }
}
