package io.facelogin.web.access;

import io.facelogin.web.WebSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers only to names of this site, before anything else is looked at: see {@link HostNames}. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class HostFilter extends OncePerRequestFilter {

  private final HostNames names;

  HostFilter(WebSettings settings) {
    List<String> known = new ArrayList<>(settings.access().hostNames());
    settings.transport().publicUrl().map(URI::getHost).ifPresent(known::add);
    this.names = new HostNames(known);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (names.isKnown(request.getServerName())) {
      chain.doFilter(request, response);
      return;
    }
    Refusals.write(
        response,
        HttpStatus.MISDIRECTED_REQUEST,
        "This site is not known by that name. If it is right, start the site with --host-name and"
            + " the name.");
  }
}
