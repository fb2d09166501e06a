package io.facelogin.infra.stages;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.infra.OutsideMissingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Waits for the broker and sees to it that the topics exist, before any stage starts. */
public final class Broker {

  /** Copies of each record, where the cluster has that many brokers. */
  private static final int WANTED_REPLICAS = 3;

  private static final int ATTEMPT_MS = 3_000;

  private Broker() {}

  /**
   * @param progress gets one line if the broker does not answer at once
   * @return how many copies of each record this cluster can keep, of those that we want
   * @throws OutsideMissingException if it does not answer within the limit, or refuses
   */
  public static short prepare(KafkaConnection kafka, Duration limit, Consumer<String> progress)
      throws InterruptedException {
    short replicas = (short) Math.min(WANTED_REPLICAS, waitFor(kafka, limit, progress));
    try {
      TopicSetup.createMissing(kafka, replicas);
      return replicas;
    } catch (ExecutionException e) {
      throw new OutsideMissingException(
          "Kafka at "
              + kafka.bootstrapServers()
              + " does not let us create the topics: "
              + e.getCause(),
          e);
    }
  }

  private static int waitFor(KafkaConnection kafka, Duration limit, Consumer<String> progress)
      throws InterruptedException {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ATTEMPT_MS);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ATTEMPT_MS);
    long end = System.nanoTime() + limit.toNanos();
    boolean told = false;
    try (Admin admin = Admin.create(config)) {
      while (true) {
        try {
          return admin.describeCluster().nodes().get().size();
        } catch (ExecutionException e) {
          if (System.nanoTime() >= end) {
            throw new OutsideMissingException(
                "No answer from Kafka at "
                    + kafka.bootstrapServers()
                    + " within "
                    + limit.toSeconds()
                    + " s ("
                    + e.getCause()
                    + "). Start the broker, or correct --kafka and --kafka-config.",
                e);
          }
          if (!told) {
            progress.accept(
                "Waiting for Kafka at "
                    + kafka.bootstrapServers()
                    + ", at most "
                    + limit.toSeconds()
                    + " s");
            told = true;
          }
        }
      }
    } catch (KafkaException e) {
      throw new OutsideMissingException(
          "Cannot use Kafka at "
              + kafka.bootstrapServers()
              + ": "
              + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage())
              + ". Correct --kafka and --kafka-config.",
          e);
    }
  }
}
