package io.facelogin.matcher.kafka;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.stage.Health;
import io.facelogin.matcher.MatcherSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology, exactly once, as one of any number of matchers. A thread that dies of the
 * broker's troubles is replaced; one that dies of ours ends the application, since it would die of
 * the same record again.
 */
final class StreamsRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
  private static final String APPLICATION_ID = "face-login-matcher";
  private static final int COMMIT_EVERY_MS = 100;

  /**
   * A thread decides all that it has fetched before it asks again, and enrolments come by the same
   * thread as embeddings: when more of these come than can be decided, an enrolment or erasure
   * waits for so many and no more. With Kafka's own 1,000 records and megabytes it was 24 s.
   */
  private static final int RECORDS_AT_ONCE = 32;

  private static final int BYTES_AT_ONCE = 32 << 10;

  /** A matcher that was killed is replaced after this long. */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private volatile @Nullable String fault;

  StreamsRunner(MatcherSettings settings, KafkaConnection kafka, MatcherCore core) {
    Topology topology = MatcherTopology.build(core);
    streams = new KafkaStreams(topology, properties(settings, kafka));
    streams.setUncaughtExceptionHandler(this::answer);
  }

  static Properties properties(MatcherSettings settings, KafkaConnection kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka.clientConfig());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_EVERY_MS);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replicationFactor());
    properties.put(
        StreamsConfig.STATE_DIR_CONFIG, settings.ownFolder().resolve("streams").toString());
    properties.put(StreamsConfig.CLIENT_ID_CONFIG, "matcher-" + settings.workerId());
    // Without it, a restart waits 45 s for the group to forget the instance before.
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), settings.workerId());
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
    // Of each partition; a larger record comes all the same, alone. Stores are restored faster.
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        BYTES_AT_ONCE);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS_AT_ONCE);
    properties.put(
        StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        Topics.MAX_RECORD_BYTES);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Topics.MAX_RECORD_BYTES);
    return properties;
  }

  void start() {
    streams.start();
  }

  private StreamThreadExceptionResponse answer(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedInstanceIdException) {
        fault =
            "another matcher runs with the same workerId; give each its own and start this one again";
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
      if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
        fault = "the broker refuses it: " + cause.getMessage() + "; see `face-login kafka acls`";
        LOG.error("The matcher stops, {}", fault);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
      if (!(cause instanceof KafkaException) && !(cause instanceof java.io.IOException)) {
        LOG.error("The matcher met a fault of its own and stops", thrown);
        fault = "a fault of the matcher's own: " + cause;
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
    }
    LOG.warn("A thread of the matcher lost the broker and is replaced: {}", thrown.toString());
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  Health health() {
    String known = fault;
    if (known != null) {
      return Health.failed(known);
    }
    return switch (streams.state()) {
      case RUNNING -> Health.ready();
      case CREATED -> Health.starting("about to join the other matchers");
      case REBALANCING -> Health.starting("sharing the cameras among the matchers");
      case PENDING_SHUTDOWN, NOT_RUNNING -> Health.failed("stopped");
      case PENDING_ERROR, ERROR -> Health.failed("all threads have ended; see the log");
    };
  }

  @Override
  public void close() {
    if (!streams.close(CLOSE_WITHIN)) {
      LOG.warn("The matcher's threads did not end within {} s", CLOSE_WITHIN.toSeconds());
    }
  }
}
