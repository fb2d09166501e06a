package io.facelogin.infra;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks REST to a site as an administrator does. */
public final class SiteClient {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String BOUNDARY = "face-login-test";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI site;
  private final String token;

  public SiteClient(URI site, String token) {
    this.site = site;
    this.token = token;
  }

  /** Enrols from photographs; the answer has the person's id. */
  public JsonNode enrol(String name, byte[]... photographs) throws Exception {
    return multipart("/api/v1/people", Map.of("name", name, "consent", "true"), photographs);
  }

  /** The decision on one photograph. */
  public JsonNode identify(byte[] photograph) throws Exception {
    return multipart("/api/v1/identify", Map.of(), photograph).get(0);
  }

  /** Newest first. */
  public JsonNode decisions() throws Exception {
    return get("/api/v1/decisions");
  }

  public JsonNode get(String path) throws Exception {
    return answer(request(path).GET());
  }

  public JsonNode delete(String path) throws Exception {
    return answer(request(path).DELETE());
  }

  public JsonNode postJson(String path, Map<String, ?> body) throws Exception {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private JsonNode multipart(String path, Map<String, String> fields, byte[]... files)
      throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      part(
          body,
          "name=\"" + field.getKey() + "\"",
          field.getValue().getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] file : files) {
      part(body, "name=\"files\"; filename=\"face.jpg\"", file);
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return answer(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
    List.of(
            ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8),
            content,
            "\r\n".getBytes(StandardCharsets.UTF_8))
        .forEach(body::writeBytes);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(site.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(
          request.build().uri() + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
  }
}
