package io.facelogin.infra.benchmark;

import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Trace;
import io.facelogin.infra.benchmark.LiveMessages.FrameKey;
import io.facelogin.infra.rest.RefusedException;
import io.facelogin.infra.rest.SiteConnection;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import io.facelogin.infra.stages.Networks;
import io.facelogin.infra.stages.PipelineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/**
 * A whole site in this process, cameras that play clips, and a WebSocket client that notes when it
 * hears of each frame. All clocks are the same machine's.
 */
public final class PipelineBenchmark {

  private final BenchmarkSettings settings;
  private final Path folder;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param folder for the sites' data; its owner deletes it
   */
  public PipelineBenchmark(BenchmarkSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  public PipelineReport withRealNetworks() throws IOException, InterruptedException {
    return run("REAL", Networks::new);
  }

  public PipelineReport withPassThrough() throws IOException, InterruptedException {
    return run("PASS_THROUGH", PassThrough::networks);
  }

  private PipelineReport run(
      String inference, BiFunction<PipelineSettings, Path, Networks> networks)
      throws IOException, InterruptedException {
    Path data = folder.resolve(inference);
    try (Site site = Site.start(SiteSettings.onAnyPort(data), networks);
        var live = LiveMessages.open(site.url(), site.runToken(), clock)) {
      addCameras(new SiteConnection(site.url(), site.runToken(), Optional.empty()));
      Thread.sleep(settings.warmUp().toMillis());
      try (var traces = new TopicTraces(site.kafka())) {
        long begin = System.nanoTime();
        Thread.sleep(settings.duration().toMillis());
        List<Embeddings> frames = traces.embeddings();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return report(inference, seconds, frames, traces.decisions(), live);
      }
    }
  }

  private void addCameras(SiteConnection site) throws IOException {
    List<Path> sources =
        settings.videos().isEmpty()
            ? List.of(MadePictures.in(folder.resolve("pictures")))
            : settings.videos();
    for (int i = 0; i < settings.cameras(); i++) {
      Path source = sources.get(i % sources.size()).toAbsolutePath().normalize();
      Map<String, Object> camera =
          Map.of(
              "id", "camera-" + i,
              "name", "Camera " + i,
              "address", source.toString(),
              "minFacePx", PipelineSettings.defaults().minFacePx(),
              "maxFramesPerSecond", settings.framesPerSecond());
      try {
        site.post("/cameras", camera);
      } catch (RefusedException e) {
        throw new IllegalStateException("The site refused a camera: " + e.problem(), e);
      }
    }
  }

  private PipelineReport report(
      String inference,
      double seconds,
      List<Embeddings> frames,
      List<Decision> decisions,
      LiveMessages live) {
    List<Long> toBrowser = new ArrayList<>();
    for (Embeddings frame : frames) {
      var key = new FrameKey(frame.getFrame().getCameraId(), frame.getFrame().getSequence());
      Long heardUs = live.facesAtUs(key);
      if (heardUs != null) {
        toBrowser.add(heardUs - frame.getFrame().getCapturedAtUs());
      }
    }
    List<Long> toDecision = new ArrayList<>();
    for (Decision decision : decisions) {
      Long heardUs = live.decisionAtUs(decision.getDecisionId());
      if (heardUs != null) {
        toDecision.add(heardUs - decision.getFrame().getCapturedAtUs());
      }
    }
    double wanted = settings.cameras() * (double) settings.framesPerSecond();
    return new PipelineReport(
        inference,
        settings.cameras(),
        wanted,
        Math.round(10 * frames.size() / seconds) / 10.0,
        Times.ofMicroseconds(toBrowser),
        Times.ofMicroseconds(toDecision),
        stages(
            frames.stream().map(Embeddings::getTrace).toList(),
            decisions.stream().map(Decision::getTrace).toList()));
  }

  private static Map<String, Times> stages(List<Trace> frames, List<Trace> decisions) {
    Map<String, Times> stages = new LinkedHashMap<>();
    stages.put(
        "capture to detector", times(frames, Trace::getCapturedUs, Trace::getDetectorReceivedUs));
    stages.put("detector", times(frames, Trace::getDetectorReceivedUs, Trace::getDetectedUs));
    stages.put(
        "detector to encoder", times(frames, Trace::getDetectedUs, Trace::getEncoderReceivedUs));
    stages.put("encoder", times(frames, Trace::getEncoderReceivedUs, Trace::getEncodedUs));
    stages.put(
        "encoder to matcher", times(decisions, Trace::getEncodedUs, Trace::getMatcherReceivedUs));
    stages.put("matcher", times(decisions, Trace::getMatcherReceivedUs, Trace::getDecidedUs));
    return stages;
  }

  private static Times times(
      List<Trace> traces, ToLongFunction<Trace> from, ToLongFunction<Trace> to) {
    return Times.ofMicroseconds(
        traces.stream()
            .filter(trace -> from.applyAsLong(trace) > 0 && to.applyAsLong(trace) > 0)
            .map(trace -> to.applyAsLong(trace) - from.applyAsLong(trace))
            .toList());
  }
}
