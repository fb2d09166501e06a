package io.facelogin.web.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Problem details (RFC 9457) for what is refused before any controller is asked. */
public final class Refusals {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Refusals() {}

  static void write(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(body(status, detail));
  }

  static void tooMany(HttpServletResponse response, Duration wait) throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, seconds(wait));
    write(response, HttpStatus.TOO_MANY_REQUESTS, words(wait));
  }

  /** The problem as JSON. */
  public static byte[] body(HttpStatus status, String detail) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("title", status.getReasonPhrase());
    problem.put("status", status.value());
    problem.put("detail", detail);
    return JSON.writeValueAsBytes(problem);
  }

  /** For whoever asked too often. */
  public static String words(Duration wait) {
    return "Too many tries from here. Try again in " + seconds(wait) + " s.";
  }

  /** For the header Retry-After: whole seconds, at least one. */
  public static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
