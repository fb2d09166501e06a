package io.facelogin.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds every body before it is read. Uploads have their own bounds in the server's multipart
 * settings; those of strangers get a smaller one here. A body of unknown length is refused, since
 * nobody who means well sends one.
 */
final class RequestSizeFilter extends OncePerRequestFilter {

  static final long MOST_BYTES = 64 * 1024;
  static final long MOST_BYTES_OF_STRANGERS_PHOTOGRAPHS = 64L * 1024 * 1024;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long most = most(request);
    long length = request.getContentLengthLong();
    if (length > most) {
      Refusals.write(
          response,
          HttpStatus.CONTENT_TOO_LARGE,
          "The body is too large: " + length + " bytes, at most " + most + ".");
    } else if (length < 0
        && most < Long.MAX_VALUE
        && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
      Refusals.write(
          response, HttpStatus.LENGTH_REQUIRED, "Send the body with its Content-Length.");
    } else {
      chain.doFilter(request, response);
    }
  }

  private static long most(HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      return MOST_BYTES;
    }
    return request.getRequestURI().startsWith("/api/")
        ? Long.MAX_VALUE
        : MOST_BYTES_OF_STRANGERS_PHOTOGRAPHS;
  }
}
