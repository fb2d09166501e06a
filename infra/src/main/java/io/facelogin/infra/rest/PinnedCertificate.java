package io.facelogin.infra.rest;

import io.facelogin.infra.OutsideMissingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes one certificate, whatever name it bears and whoever signed it, and no other: that of the
 * site that runs on the same data. The file is read for each connection, since it may be renewed.
 */
final class PinnedCertificate extends X509ExtendedTrustManager {

  private final Path file;

  private PinnedCertificate(Path file) {
    this.file = file;
  }

  static SSLContext context(Path file) {
    if (!Files.isReadable(file)) {
      throw new OutsideMissingException(
          "The site's certificate " + file + " cannot be read. May this user?");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new PinnedCertificate(file)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has TLS", e);
    }
  }

  private void require(X509Certificate[] chain) throws CertificateException {
    Certificate known;
    try (InputStream in = Files.newInputStream(file)) {
      known = CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException e) {
      throw new CertificateException("The certificate " + file + " cannot be read", e);
    }
    if (chain.length == 0 || !chain[0].equals(known)) {
      throw new CertificateException("The server shows another certificate than " + file);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    require(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    require(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    require(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("No clients here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("No clients here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("No clients here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
