package io.facelogin.web.decisions;

import io.facelogin.contract.kafka.DeadLetters;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.v1.Decision;
import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.kafka.Outgoing;
import io.facelogin.web.observe.WebMetrics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Writes every decision into PostgreSQL. All instances share one consumer group that begins at the
 * oldest record, so nothing is missed while none runs; a decision is committed after it is in the
 * table, and twice read is once kept. While the database is away the same record is tried again
 * every second.
 */
@Component
class DecisionKeeper implements SmartLifecycle {

  private static final String GROUP = "web-ui-decisions";

  private final DecisionRepository decisions;
  private final TransactionTemplate transaction;
  private final AuditTrail audit;
  private final DeadLetters deadLetters;
  private final WebMetrics metrics;
  private final KafkaMessageListenerContainer<String, byte[]> container;

  DecisionKeeper(
      KafkaConnection kafka,
      DecisionRepository decisions,
      TransactionTemplate transaction,
      AuditTrail audit,
      Outgoing outgoing,
      WebMetrics metrics) {
    this.decisions = decisions;
    this.transaction = transaction;
    this.audit = audit;
    this.deadLetters = outgoing.deadLetters();
    this.metrics = metrics;
    ContainerProperties properties = new ContainerProperties(Topics.DECISIONS.name());
    properties.setAckMode(AckMode.BATCH);
    properties.setMessageListener((MessageListener<String, byte[]>) this::keep);
    // The topic may not exist yet at the first start.
    properties.setMissingTopicsFatal(false);
    // Else a right that was taken away for a moment ends the keeping for good, and in silence.
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(5));
    Map<String, Object> config = kafka.consumerConfig();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    this.container =
        new KafkaMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                config, new StringDeserializer(), new ByteArrayDeserializer()),
            properties);
    container.setBeanName("web-decision-keeper");
    container.setCommonErrorHandler(
        new DefaultErrorHandler(new FixedBackOff(1_000, FixedBackOff.UNLIMITED_ATTEMPTS)));
  }

  private void keep(ConsumerRecord<String, byte[]> record) {
    try {
      Decision decision = Topics.DECISIONS.decode(record);
      if (decision != null && isNew(DecisionRow.of(decision))) {
        metrics.decisionStored();
      }
    } catch (UnreadableRecordException e) {
      metrics.unreadable(record.topic());
      deadLetters.setAside(record, Topics.DECISIONS, e.kind().name());
    } catch (IllegalArgumentException | DataIntegrityViolationException e) {
      // Trying again would not make it a better decision.
      metrics.unreadable(record.topic());
      deadLetters.setAside(record, Topics.DECISIONS, "BAD_DECISION");
    }
  }

  /** Row and entry of the audit in one transaction: none is without the other. */
  private boolean isNew(DecisionRow row) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              boolean kept = decisions.insert(row);
              if (kept) {
                audit.write("matcher", "decision-made", row.id(), row.forAudit());
              }
              return kept;
            }));
  }

  @Override
  public void start() {
    container.start();
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public boolean isRunning() {
    return container.isRunning();
  }
}
