package io.facelogin.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser or a program: with cookies, and with a token if one is given. */
final class Client {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String BOUNDARY = "----face-login-test";

  private final CookieManager cookies = new CookieManager();
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
  private final URI base;
  private final String token;
  private final Map<String, String> headers = new LinkedHashMap<>();

  Client(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** Sends this header with every request, also of the WebSocket. */
  Client always(String header, String value) {
    headers.put(header, value);
    return this;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** What came back. */
  record Answer(int status, String text, HttpResponse<byte[]> response) {

    JsonNode json() {
      return JSON.readTree(text);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  HttpClient http() {
    return http;
  }

  String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(cookie -> cookie.getValue())
        .findFirst()
        .orElse("");
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  Answer json(String method, String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    headers.forEach(request::header);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
  }

  /** A multipart request under way. */
  final class Form {

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final ByteArrayOutputStream files = new ByteArrayOutputStream();

    Form field(String name, String value) {
      fields.put(name, value);
      return this;
    }

    Form file(String name, byte[] bytes) {
      files.writeBytes(
          ("--"
                  + BOUNDARY
                  + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\""
                  + name
                  + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      files.writeBytes(bytes);
      files.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
      return this;
    }

    Answer post(String path) throws IOException, InterruptedException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      fields.forEach(
          (name, value) ->
              body.writeBytes(
                  ("--"
                          + BOUNDARY
                          + "\r\nContent-Disposition: form-data; name=\""
                          + name
                          + "\"\r\n\r\n"
                          + value
                          + "\r\n")
                      .getBytes(StandardCharsets.UTF_8)));
      body.writeBytes(files.toByteArray());
      body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
      return send(
          request(path)
              .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
              .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN"))
              .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }
  }

  Form form() {
    return new Form();
  }
}
