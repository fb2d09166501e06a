package io.facelogin.infra.cli;

import io.facelogin.infra.Logs;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.site.DataDirectory;
import io.facelogin.infra.site.RunSettings;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a whole site in this process until it is told to stop. */
@Command(
    name = "up",
    description = "Run a whole site on this machine, until Ctrl-C.",
    footer = {
      "",
      "Example: face-login up --video lobby.mp4 --camera rtsp://192.168.1.20/stream1",
      "then open the page that it prints."
    })
final class UpCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Mixin private PipelineOptions pipeline;

  @Mixin private TransportOptions transport;

  @Mixin private AccessOptions access;

  @Mixin private RetentionOptions retention;

  @Mixin private MasterKeyOption masterKey;

  @Mixin private GlobalOptions global;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "address to serve the pages at (default: ${DEFAULT-VALUE}, this machine only);"
              + " a browser gives its webcam only to localhost and to https")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "port of the pages, 0 takes any free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--video",
      split = Settings.LIST_SEPARATOR,
      paramLabel = "FILE",
      description = "clip to play over and over as a site camera; repeatable")
  private List<Path> videos = List.of();

  @Option(
      names = "--camera",
      split = Settings.LIST_SEPARATOR,
      paramLabel = "ADDRESS",
      description = "rtsp://..., http://..., /dev/videoN or a folder of pictures; repeatable")
  private List<String> cameras = List.of();

  @Option(
      names = "--admin-link",
      description = "print an administrator's link that is valid until this run ends")
  private boolean adminLink;

  @Override
  public void run() {
    List<String> addresses = new ArrayList<>(cameras);
    for (Path video : videos) {
      if (!Files.isReadable(video)) {
        throw new MisuseException("--video " + video + ": there is no such file, or no permission");
      }
      addresses.add(video.toAbsolutePath().normalize().toString());
    }
    PrintWriter out = spec.commandLine().getOut();
    Logs.toFile(DataDirectory.logFile(global.data()));
    out.println(SettingsInEffect.line(spec));
    SiteSettings settings = settings(addresses);
    transport.warning(host, settings.transport()).ifPresent(out::println);
    Site site =
        Site.of(
            settings,
            line -> {
              out.println(line);
              out.flush();
            });
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  site.close();
                  stopped.countDown();
                },
                "stop"));
    site.start();
    rememberSettings();
    announce(site, settings, out);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      site.close();
      Thread.currentThread().interrupt();
    }
  }

  private void rememberSettings() {
    try {
      RunSettings.write(global.data(), SettingsInEffect.map(spec));
    } catch (IOException e) {
      throw new OutsideMissingException("Cannot write to " + global.data() + " (" + e + ")", e);
    }
  }

  private SiteSettings settings(List<String> addresses) {
    try {
      return new SiteSettings(
          global.data(),
          host,
          port,
          addresses,
          pipeline.settings(),
          transport.transport(global.data()),
          transport.tokens(global.data()),
          access.settings(),
          access.isEnrolmentOpen(),
          retention.settings(),
          SettingsInEffect.map(spec),
          masterKey.named());
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  private void announce(Site site, SiteSettings settings, PrintWriter out) {
    site.newAdministratorLink()
        .ifPresent(
            link -> {
              out.println();
              out.println("Administrator's link, shown this once; keep it like a password:");
              out.println("  " + link);
              out.println();
            });
    if (adminLink) {
      out.println("Administrator's link until this run ends: " + site.administratorLinkOfThisRun());
    } else if (site.newAdministratorLink().isEmpty()) {
      out.println("Administrator: the link of the first start, or --admin-link for another one");
    }
    site.certificate()
        .filter(served -> settings.transport().selfSignedIn().isPresent())
        .ifPresent(
            served ->
                out.println(
                    "Its certificate is signed by nobody but itself: SHA-256 "
                        + served.fingerprint()));
    out.println("face-login is ready at " + site.url());
    out.flush();
  }
}
