package io.facelogin.infra.rest;

import io.facelogin.infra.OutsideMissingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks REST to one site. Any number of threads may share one. */
public final class SiteConnection {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** An enrolment of many photographs on a small machine. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

  private static final JsonMapper JSON = new JsonMapper();

  private final URI url;
  private final String token;
  private final HttpClient http;

  /**
   * @param token of an administrator
   * @param certificate PEM, the only one that is believed; empty for what this Java believes
   */
  public SiteConnection(URI url, String token, Optional<Path> certificate) {
    this.url = url;
    this.token = token;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT);
    certificate.map(PinnedCertificate::context).ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  public URI url() {
    return url;
  }

  /**
   * @param path below /api/v1, with its query
   */
  public JsonNode get(String path) throws RefusedException {
    return answer(request(path).GET().build());
  }

  public JsonNode delete(String path) throws RefusedException {
    return answer(request(path).DELETE().build());
  }

  public JsonNode post(String path, Multipart form) throws RefusedException {
    return answer(
        request(path)
            .header("Content-Type", form.contentType())
            .POST(BodyPublishers.ofByteArray(form.bytes()))
            .build());
  }

  public JsonNode post(String path, Map<String, ?> body) throws RefusedException {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve("/api/v1" + path))
        .timeout(ANSWER_TIMEOUT)
        .header("Authorization", "Bearer " + token);
  }

  /**
   * @throws OutsideMissingException if the site does not answer, or not as face-login does
   */
  private JsonNode answer(HttpRequest request) throws RefusedException {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new OutsideMissingException(
          "No face-login answers at " + url + " (" + e + "). Is it running there?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideMissingException("Interrupted while waiting for " + url, e);
    }
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new OutsideMissingException(
          url + " does not accept the token. Give an administrator's one with --token.");
    }
    JsonNode body = json(response);
    if (status == 503) {
      throw new OutsideMissingException(
          url + " is not ready: " + body.path("detail").asString("HTTP 503"));
    }
    if (status >= 400) {
      throw new RefusedException(status, body);
    }
    return body;
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw new OutsideMissingException(
          url + " answers HTTP " + response.statusCode() + ", but not as face-login does.", e);
    }
  }
}
