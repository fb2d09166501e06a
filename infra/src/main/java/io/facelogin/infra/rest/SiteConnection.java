package io.facelogin.infra.rest;

import io.facelogin.infra.OutsideMissingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
   * @param token that the site gave
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

  /** Hands over an answer of any length, line by line. */
  public void lines(String path, Consumer<String> consumer) throws RefusedException {
    HttpResponse<Stream<String>> response =
        send(request(path).GET().build(), BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() == 200) {
        lines.forEach(consumer);
      } else {
        String text = lines.collect(Collectors.joining("\n"));
        checked(response.statusCode(), text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Posts nothing and hands over the answer's bytes, however many; the caller closes them. */
  public InputStream stream(String path) throws RefusedException, IOException {
    HttpResponse<InputStream> response =
        send(request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      try (InputStream body = response.body()) {
        checked(response.statusCode(), body.readAllBytes());
      }
    }
    return response.body();
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
    HttpResponse<byte[]> response = send(request, BodyHandlers.ofByteArray());
    return checked(response.statusCode(), response.body());
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new OutsideMissingException(
          "No face-login answers at " + url + " (" + e + "). Is it running there?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideMissingException("Interrupted while waiting for " + url, e);
    }
  }

  private JsonNode checked(int status, byte[] content) throws RefusedException {
    if (status == 401) {
      throw new OutsideMissingException(
          url + " does not accept the token. Give a valid one with --token.");
    }
    if (status == 403) {
      throw new OutsideMissingException(
          url + " does not allow this with the role of the token. Give an administrator's.");
    }
    JsonNode body = json(status, content);
    if (status == 503 || status == 429) {
      throw new OutsideMissingException(
          url + " is not ready: " + body.path("detail").asString("HTTP " + status));
    }
    if (status >= 400) {
      throw new RefusedException(status, body);
    }
    return body;
  }

  private JsonNode json(int status, byte[] content) {
    try {
      return JSON.readTree(content);
    } catch (JacksonException e) {
      throw new OutsideMissingException(
          url + " answers HTTP " + status + ", but not as face-login does.", e);
    }
  }
}
