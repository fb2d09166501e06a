package io.facelogin.infra.stages;

import io.facelogin.capture.CaptureAgent;
import io.facelogin.capture.CaptureSettings;
import io.facelogin.capture.source.CameraProbe;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.DetectorWorker;
import io.facelogin.encoder.EncoderSettings;
import io.facelogin.encoder.EncoderWorker;
import io.facelogin.matcher.MatcherSettings;
import io.facelogin.matcher.MatcherWorker;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.WebSettings;
import io.facelogin.web.WebUi;
import io.facelogin.web.audit.SettingsSnapshot;
import io.facelogin.web.cameras.CameraCheck;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;

/** Builds every stage from settings: the one place that knows all their constructors. */
public final class Stages {

  private final PipelineSettings settings;
  private final KafkaConnection kafka;
  private final Networks networks;
  private final PrometheusMeterRegistry meters;

  public Stages(
      PipelineSettings settings,
      KafkaConnection kafka,
      Networks networks,
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

  public DetectorWorker detector() {
    return new DetectorWorker(
        DetectorSettings.defaults().withMinFacePx(settings.minFacePx()),
        kafka,
        networks.finder(),
        networks::attackDetector,
        meters);
  }

  public EncoderWorker encoder() {
    EncoderSettings defaults = EncoderSettings.defaults();
    return new EncoderWorker(
        new EncoderSettings(settings.mirror(), defaults.encodePoorFor(), defaults.maxPollRecords()),
        kafka,
        networks.encoder(),
        meters);
  }

  /**
   * @param name of this matcher among those of the broker, the same over restarts
   * @param folder keeps its gallery and index
   */
  public MatcherWorker matcher(String name, Path folder, short replicationFactor) {
    MatcherSettings defaults = MatcherSettings.defaults();
    return new MatcherWorker(
        defaults
            .withWorkerId(name)
            .withDataFolder(folder)
            .withReplicationFactor(replicationFactor)
            .withIndex(settings.index())
            .withDecision(defaults.decision().withFpir(settings.fpir()))
            .withLiveness(liveness()),
        kafka,
        networks.encoderManifest(),
        meters);
  }

  public WebUi web(WebSettings web, DatabaseConnection database) {
    float verificationThreshold =
        (float)
            networks
                .encoderManifest()
                .measured()
                .verificationThreshold()
                .orElse(web.verificationThreshold());
    return new WebUi(
        web.withVerificationThreshold(verificationThreshold)
            .withMinFacePx(settings.minFacePx())
            .withLiveness(liveness())
            .withAccess(web.access().withPipeline(SettingsSnapshot.of(settings))),
        kafka,
        database,
        networks,
        Stages::tryCamera,
        meters);
  }

  /** By the threshold of the network in use, so that matcher and web stage agree. */
  private LivenessSettings liveness() {
    LivenessSettings wanted = settings.liveness();
    return wanted.withLimits(
        wanted.limits().withAttackScore(networks.attackManifest().attackThresholdOrThrow()));
  }

  private static CameraCheck.Answer tryCamera(String address, Duration timeout) {
    CameraProbe.Outcome outcome = CameraProbe.test(address, timeout);
    if (outcome instanceof CameraProbe.Outcome.Answered answered) {
      return new CameraCheck.Answer(true, answered.widthPx(), answered.heightPx(), "");
    }
    return new CameraCheck.Answer(
        false, 0, 0, ((CameraProbe.Outcome.Unavailable) outcome).message());
  }
}
