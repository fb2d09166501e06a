package io.facelogin.contract.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that a broker does not have yet. Every process calls it at start; the first
 * one wins.
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
          missing.add(topic.toCreate(replicationFactor));
        }
        if (!present.contains(topic.deadLetterName())) {
          missing.add(
              new NewTopic(topic.deadLetterName(), 3, replicationFactor)
                  .configs(DEAD_LETTER_CONFIG));
        }
      }
      try {
        admin.createTopics(missing).all().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }
}
