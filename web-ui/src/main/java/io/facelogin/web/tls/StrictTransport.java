package io.facelogin.web.tls;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which answers tell the browser to come over https only from now on. Not those of this very
 * machine, whose other servers would be cut off, and not with a certificate that browsers warn of.
 */
public final class StrictTransport implements RequestMatcher {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean wanted;

  public StrictTransport(TransportSettings transport) {
    this.wanted = transport.isSecureOutside() && transport.selfSignedIn().isEmpty();
  }

  @Override
  public boolean matches(HttpServletRequest request) {
    return wanted && !LOOPBACK.contains(request.getServerName());
  }
}
