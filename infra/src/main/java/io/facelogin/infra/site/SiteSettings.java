package io.facelogin.infra.site;

import io.facelogin.contract.kafka.Retention;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.web.access.AccessSettings;
import io.facelogin.web.tls.TransportSettings;
import io.facelogin.web.token.TokenSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting of a site in one process.
 *
 * @param dataDirectory keeps everything over restarts
 * @param host address that the pages are served at; 127.0.0.1 is reachable from this machine only
 * @param port of the pages; 0 takes any free one
 * @param cameras addresses of cameras and clips to add to those that the site knows already
 * @param pipeline what the stages need
 * @param transport TLS, and how the pages are reached from outside
 * @param tokens what proves a face login to other applications
 * @param access who may reach the pages
 * @param openEnrolment whether whoever reaches the pages may enrol; otherwise only operators
 * @param retention how long what was seen and decided is kept
 * @param options what the operator has set, by the names of the options, for backups
 * @param masterKeys seal what is personal; empty: those of the data directory
 */
public record SiteSettings(
    Path dataDirectory,
    String host,
    int port,
    List<String> cameras,
    PipelineSettings pipeline,
    TransportSettings transport,
    TokenSettings tokens,
    AccessSettings access,
    boolean openEnrolment,
    Retention retention,
    Map<String, String> options,
    Optional<MasterKeys> masterKeys) {

  public SiteSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
    }
    cameras = List.copyOf(cameras);
    options = Map.copyOf(options);
  }

  public static SiteSettings defaults() {
    return new SiteSettings(
        Path.of("data"),
        "127.0.0.1",
        8080,
        List.of(),
        PipelineSettings.defaults(),
        TransportSettings.plain(),
        TokenSettings.defaults(),
        AccessSettings.defaults(),
        true,
        Retention.defaults(),
        Map.of(),
        Optional.empty());
  }

  /**
   * A site for a test or a single command: quiet, on any free port of this machine, and without
   * networks that must be fetched; whoever logs in all the same must follow a challenge.
   */
  public static SiteSettings onAnyPort(Path dataDirectory) {
    return new SiteSettings(
        dataDirectory,
        "127.0.0.1",
        0,
        List.of(),
        PipelineSettings.defaults().withLiveness(LivenessSettings.challengeOnly()),
        TransportSettings.plain(),
        TokenSettings.in(dataDirectory),
        AccessSettings.defaults(),
        true,
        Retention.defaults(),
        Map.of(),
        Optional.empty());
  }

  public SiteSettings withCameras(List<String> newCameras) {
    return new SiteSettings(
        dataDirectory,
        host,
        port,
        newCameras,
        pipeline,
        transport,
        tokens,
        access,
        openEnrolment,
        retention,
        options,
        masterKeys);
  }

  public SiteSettings withPipeline(PipelineSettings newPipeline) {
    return new SiteSettings(
        dataDirectory,
        host,
        port,
        cameras,
        newPipeline,
        transport,
        tokens,
        access,
        openEnrolment,
        retention,
        options,
        masterKeys);
  }

  public SiteSettings withTransport(TransportSettings newTransport) {
    return new SiteSettings(
        dataDirectory,
        host,
        port,
        cameras,
        pipeline,
        newTransport,
        tokens,
        access,
        openEnrolment,
        retention,
        options,
        masterKeys);
  }

  public SiteSettings withOptions(Map<String, String> newOptions) {
    return new SiteSettings(
        dataDirectory,
        host,
        port,
        cameras,
        pipeline,
        transport,
        tokens,
        access,
        openEnrolment,
        retention,
        newOptions,
        masterKeys);
  }

  public SiteSettings withMasterKeys(Optional<MasterKeys> newMasterKeys) {
    return new SiteSettings(
        dataDirectory,
        host,
        port,
        cameras,
        pipeline,
        transport,
        tokens,
        access,
        openEnrolment,
        retention,
        options,
        newMasterKeys);
  }
}
