package io.facelogin.infra.recording;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.stage.Stage;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.DetectorWorker;
import io.facelogin.encoder.EncoderSettings;
import io.facelogin.encoder.EncoderWorker;
import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.matcher.MatcherSettings;
import io.facelogin.matcher.MatcherWorker;
import io.facelogin.models.Encoder;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.manifest.Manifest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The real stages, but without haste: no frame is too old, since a recording is. The networks stay
 * their owner's.
 */
public final class ReplayPipeline implements Replay.Pipeline {

  /** What a commit and a punctuation of the matcher take beyond its own waiting. */
  private static final Duration COMMITS = Duration.ofSeconds(2);

  private final PipelineSettings settings;
  private final FaceFinder finder;
  private final Encoder encoder;
  private final Manifest encoderManifest;
  private final MatcherSettings matcher = MatcherSettings.defaults();
  private final MeterRegistry meters = new SimpleMeterRegistry();

  /**
   * @param encoder the plain one; the settings say whether mirror images are encoded too
   */
  public ReplayPipeline(
      PipelineSettings settings, FaceFinder finder, Encoder encoder, Manifest encoderManifest) {
    this.settings = settings;
    this.finder = finder;
    this.encoder = encoder;
    this.encoderManifest = encoderManifest;
  }

  /** The matcher first: it must know the gallery before a face comes. */
  @Override
  public List<Stage> stages(KafkaConnection kafka, Path folder) {
    EncoderSettings encoding = EncoderSettings.defaults();
    return List.of(
        new MatcherWorker(
            matcher
                .withDataFolder(folder.resolve("matcher"))
                .withDecision(
                    matcher.decision().withFpir(settings.fpir()).withoutPatienceForCameras()),
            kafka,
            encoderManifest,
            meters),
        new EncoderWorker(
            new EncoderSettings(
                settings.mirror(), encoding.encodePoorFor(), encoding.maxPollRecords()),
            kafka,
            encoder,
            meters),
        new DetectorWorker(
            DetectorSettings.defaults().withMinFacePx(settings.minFacePx()).withoutHaste(),
            kafka,
            finder,
            // A recording is of site cameras, whose attack score decides nothing.
            Optional::empty,
            meters));
  }

  /** The last word on a track comes when it was not seen for a while. */
  @Override
  public Duration lastWord() {
    return matcher.decision().trackIdle().plus(COMMITS);
  }
}
