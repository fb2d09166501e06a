package io.facelogin.infra.stages;

import io.facelogin.capture.CaptureAgent;
import io.facelogin.capture.CaptureSettings;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.models.StillFaces;
import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.WebSettings;
import io.facelogin.web.WebUi;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/** Builds every stage from settings: the one place that knows all their constructors. */
public final class Stages {

  private final PipelineSettings settings;
  private final KafkaConnection kafka;
  private final Supplier<StillFaces> networks;
  private final PrometheusMeterRegistry meters;

  public Stages(
      PipelineSettings settings,
      KafkaConnection kafka,
      Supplier<StillFaces> networks,
      PrometheusMeterRegistry meters) {
    this.settings = settings;
    this.kafka = kafka;
    this.networks = networks;
    this.meters = meters;
  }

  public CaptureAgent capture() {
    CaptureSettings defaults = CaptureSettings.defaults();
    return new CaptureAgent(
        new CaptureSettings(
            defaults.openTimeout(),
            defaults.stallTimeout(),
            defaults.firstRetry(),
            defaults.longestRetry(),
            settings.framesPerSecond(),
            defaults.jpegQuality(),
            defaults.framesInFlight(),
            defaults.brokerPatience(),
            defaults.statusInterval()),
        kafka,
        meters);
  }

  public WebUi web(WebSettings web, DatabaseConnection database) {
    return new WebUi(web, kafka, database, networks, meters);
  }
}
