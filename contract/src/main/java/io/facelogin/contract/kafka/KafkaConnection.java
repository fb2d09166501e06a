package io.facelogin.contract.kafka;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.secret.MasterKeyException;
import io.facelogin.contract.secret.MasterKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach the broker.
 *
 * @param bootstrapServers {@code host:port}, comma separated
 * @param security settings passed to every client as Kafka names them (SASL, TLS); empty on a
 *     trusted network
 * @param masterKeys what confidential topics are sealed with; empty for whoever only administers
 */
public record KafkaConnection(
    String bootstrapServers, Map<String, String> security, Optional<MasterKeys> masterKeys) {

  public KafkaConnection {
    security = Map.copyOf(security);
  }

  public KafkaConnection(String bootstrapServers, Map<String, String> security) {
    this(bootstrapServers, security, Optional.empty());
  }

  public static KafkaConnection to(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, Map.of());
  }

  public KafkaConnection withMasterKeys(MasterKeys keys) {
    return new KafkaConnection(bootstrapServers, security, Optional.of(keys));
  }

  /**
   * @throws MasterKeyException if this connection has none
   */
  public MasterKeys masterKeysOrThrow() {
    return masterKeys.orElseThrow(
        () -> new MasterKeyException("Faces travel sealed only, and there is no master key here"));
  }

  /** The topic as this connection reads and writes it: sealed if it is confidential. */
  public <T extends MessageLite> Topic<T> open(Topic<T> topic) {
    return masterKeys.map(topic::sealedBy).orElse(topic);
  }

  /** What every client needs: admin, producer, consumer, Streams. */
  public Map<String, Object> clientConfig() {
    Map<String, Object> config = new HashMap<>(security);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    // Cameras and pages want a broker that came back to be noticed within a second.
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return config;
  }

  /** A producer that loses nothing (acks=all, idempotent) and does not wait for company. */
  public Map<String, Object> producerConfig() {
    Map<String, Object> config = clientConfig();
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    return config;
  }

  /** A consumer that can take the largest record and never commits by itself. */
  public Map<String, Object> consumerConfig() {
    Map<String, Object> config = clientConfig();
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return config;
  }

  /** Without the security settings: a password is among them. */
  @Override
  public String toString() {
    return bootstrapServers + (security.isEmpty() ? "" : " (secured)");
  }
}
