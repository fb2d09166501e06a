package io.facelogin.web.observe;

import io.facelogin.contract.stage.Health;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How this stage is, in words. Probes use /actuator/health/liveness and /readiness. */
@RestController
@RequestMapping("/api/v1/health")
@Tag(name = "health")
class HealthController {

  private final Surroundings surroundings;

  HealthController(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  record Report(String state, String message, boolean brokerAnswers, boolean databaseAnswers) {}

  @Operation(summary = "Says whether broker and database answer")
  @GetMapping
  Report health() {
    Health health = surroundings.health();
    return new Report(
        health.state().name(),
        health.message(),
        surroundings.brokerAnswers(),
        surroundings.databaseAnswers());
  }
}
