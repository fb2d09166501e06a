package io.facelogin.web.kafka;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Retention;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.web.WebSettings;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the topics forget what people leave in them after the time of the settings: at the start, and
 * once an hour in case somebody made a topic anew.
 */
@Component
class TopicRetention {

  private static final Logger LOG = LoggerFactory.getLogger(TopicRetention.class);

  private final KafkaConnection kafka;
  private final Retention retention;

  TopicRetention(KafkaConnection kafka, WebSettings settings) {
    this.kafka = kafka;
    this.retention = settings.retention();
  }

  @Scheduled(fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
  void apply() throws InterruptedException {
    try {
      int changed = TopicSetup.keep(kafka, retention);
      if (changed > 0) {
        LOG.info("{} topics keep for another time now: {}", changed, retention);
      }
    } catch (ExecutionException e) {
      LOG.warn("How long topics keep could not be set; tried again in an hour", e.getCause());
    }
  }
}
