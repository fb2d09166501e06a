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
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

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
          if (e.getCause() instanceof AuthenticationException refused) {
            throw refused(kafka, refused);
          }
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

  /** Waiting would not help, and the answer is ours to word: a stack trace helps nobody here. */
  private static OutsideMissingException refused(
      KafkaConnection kafka, AuthenticationException cause) {
    if (cause instanceof SslAuthenticationException) {
      return new OutsideMissingException(
          "The certificate of Kafka at "
              + kafka.bootstrapServers()
              + " is not trusted here ("
              + deepest(cause)
              + "). Name the certificate of whoever signed it in --kafka-config:"
              + " ssl.truststore.type=PEM and ssl.truststore.location=ca.pem; and reach the broker"
              + " by a name that its certificate has.",
          cause);
    }
    return new OutsideMissingException(
        "Kafka at "
            + kafka.bootstrapServers()
            + " refuses the user or the password of --kafka-config ("
            + cause.getMessage()
            + "). Correct sasl.jaas.config there.",
        cause);
  }

  private static String deepest(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
