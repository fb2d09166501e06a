package io.facelogin.web.observe;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The entry {@code kafka} of /actuator/health. */
@Component("kafka")
class KafkaHealthIndicator implements HealthIndicator {

  private final Surroundings surroundings;

  KafkaHealthIndicator(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Health health() {
    return surroundings.brokerAnswers() ? Health.up().build() : Health.down().build();
  }
}
