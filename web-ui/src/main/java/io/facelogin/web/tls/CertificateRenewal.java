package io.facelogin.web.tls;

import io.facelogin.web.WebSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Serves a renewed certificate without a restart, and renews that of our own. Spring could watch
 * the files by itself, but would serve half of a renewal too: a certificate whose key is still to
 * come.
 */
@Component
class CertificateRenewal {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);
  private static final int LOOK_SECONDS = 5;

  private final Optional<SelfSignedCertificate> own;
  private final Optional<PemFiles> files;
  private final SslBundleRegistry bundles;
  private final Clock clock;

  private @Nullable String served;
  private @Nullable String refused;

  CertificateRenewal(WebSettings settings, SslBundleRegistry bundles, Clock clock) {
    this.own = settings.transport().selfSignedIn().map(SelfSignedCertificate::new);
    this.files = own.map(SelfSignedCertificate::files).or(settings.transport()::certificate);
    this.bundles = bundles;
    this.clock = clock;
    this.served = files.map(CertificateRenewal::content).orElse(null);
  }

  @Scheduled(fixedRate = 1, initialDelay = 1, timeUnit = TimeUnit.DAYS)
  void renewOwn() {
    try {
      own.ifPresent(one -> one.ensure(clock.instant()));
    } catch (UnusableCertificateException e) {
      LOG.error("The site's own certificate is not renewed: {}", e.getMessage());
    }
  }

  @Scheduled(fixedDelay = LOOK_SECONDS, timeUnit = TimeUnit.SECONDS)
  void look() {
    files.ifPresent(this::serveChanged);
  }

  private void serveChanged(PemFiles changing) {
    String content = content(changing);
    if (content == null || content.equals(served) || content.equals(refused)) {
      return;
    }
    try {
      changing.check(clock.instant());
      if (!content.equals(content(changing))) {
        return; // being written at this moment
      }
      bundles.updateBundle(ServedCertificate.BUNDLE, bundle(changing));
      served = content;
      LOG.info("The certificate {} has changed and is served from now on", changing.certificate());
    } catch (UnusableCertificateException e) {
      refused = content;
      LOG.warn("The certificate of before is served on. {}", e.getMessage());
    }
  }

  static SslBundle bundle(PemFiles files) {
    PemSslStoreDetails store =
        PemSslStoreDetails.forCertificate(text(files.certificate()))
            .withPrivateKey(text(files.key()));
    return SslBundle.of(
        new PemSslStoreBundle(store, null),
        SslBundleKey.NONE,
        SslOptions.of(null, Set.copyOf(ServedCertificate.PROTOCOLS)));
  }

  private static @Nullable String content(PemFiles files) {
    try {
      return Files.readString(files.certificate()) + Files.readString(files.key());
    } catch (IOException e) {
      return null; // replaced at this moment, or taken away: the one of before stays
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UnusableCertificateException("The file " + file + " cannot be read (" + e + ")");
    }
  }
}
