package io.facelogin.infra.cli;

import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.Logs;
import io.facelogin.infra.rest.SiteConnection;
import io.facelogin.infra.site.DataDirectory;
import io.facelogin.infra.site.ServerFile;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of commands that need a site: the one named, else the one that runs on the data
 * directory, else one started in this process for as long as the command lasts.
 */
final class SiteOptions {

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "the site to ask (default: the one that runs on the data folder, else one is started for"
              + " this command)")
  private @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "T",
      description = "an administrator's token, for --server (better in FACE_LOGIN_TOKEN)")
  private @Nullable String token;

  @Option(
      names = "--server-certificate",
      paramLabel = "FILE",
      description = "PEM; the only certificate to believe of --server, as a self-signed one")
  private @Nullable Path serverCertificate;

  @Mixin private MasterKeyOption masterKey;

  /** A site to speak to; closing it ends what was started for it. */
  record Open(SiteConnection connection, Optional<Site> own) implements AutoCloseable {
    @Override
    public void close() {
      own.ifPresent(Site::close);
    }
  }

  /**
   * @throws MisuseException if the data folder holds no site: a mistyped folder would seem a site
   *     without people
   */
  Open open(GlobalOptions global, PrintWriter err) {
    if (server == null) {
      requireSite(global.data());
    }
    return openOrCreate(global, err);
  }

  static void requireSite(Path data) {
    if (!DataDirectory.holdsSite(data)) {
      throw new MisuseException(
          "There is no site in the data folder "
              + data.toAbsolutePath().normalize()
              + ". Give the folder of `face-login up` by --data, or a running site by --server");
    }
  }

  /** For a command that makes sense on a site of which this is the beginning. */
  Open openOrCreate(GlobalOptions global, PrintWriter err) {
    if (server != null) {
      return new Open(
          new SiteConnection(
              address(server), tokenFor(server), Optional.ofNullable(serverCertificate)),
          Optional.empty());
    }
    return ServerFile.find(global.data())
        .map(file -> new Open(file.connection(), Optional.empty()))
        .orElseGet(() -> start(global.data(), err));
  }

  /** Of the site on the data directory, where they are known. */
  Optional<MasterKeys> masterKeys(Path data) {
    return masterKey.ofSite(data);
  }

  private Open start(Path data, PrintWriter err) {
    Logs.toFile(DataDirectory.logFile(data));
    err.println("No site runs on " + data + ": starting one for this command");
    Site site = Site.start(SiteSettings.onAnyPort(data).withMasterKeys(masterKey.named()));
    return new Open(
        new SiteConnection(site.url(), site.runToken(), Optional.empty()), Optional.of(site));
  }

  /** Whether another site than that of the data folder is asked, maybe on another machine. */
  boolean isElsewhere() {
    return server != null;
  }

  private String tokenFor(String url) {
    if (token == null) {
      throw new MisuseException("--server " + url + " needs --token T: an administrator's token");
    }
    return token;
  }

  private static URI address(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // The message below says all there is to say.
    }
    throw new MisuseException("--server must be like http://HOST:PORT, got " + text);
  }
}
