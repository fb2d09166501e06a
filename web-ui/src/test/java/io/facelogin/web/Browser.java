package io.facelogin.web;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page's WebSocket, with the cookies of its client. */
final class Browser implements AutoCloseable {

  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final ConcurrentHashMap<String, Integer> seen = new ConcurrentHashMap<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;
  private final String sessionId;

  private Browser(Client client, URI base, String purpose, String origin)
      throws InterruptedException {
    URI address = URI.create(base.toString().replace("http", "ws") + "/ws?purpose=" + purpose);
    try {
      WebSocket.Builder opening = client.http().newWebSocketBuilder().header("Origin", origin);
      client.headers().forEach(opening::header);
      this.socket = opening.buildAsync(address, new Listener()).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("refused: " + status(e), e);
    }
    this.sessionId = next("session").path("sessionId").asString();
  }

  private static String status(CompletionException e) {
    return e.getCause() instanceof java.net.http.WebSocketHandshakeException refused
        ? Integer.toString(refused.getResponse().statusCode())
        : e.toString();
  }

  static Browser open(Client client, URI base, String purpose) throws InterruptedException {
    return open(client, base, purpose, base.toString());
  }

  static Browser open(Client client, URI base, String purpose, String origin)
      throws InterruptedException {
    return new Browser(client, base, purpose, origin);
  }

  String camera() {
    return "browser-" + sessionId;
  }

  void say(String json) {
    socket.sendText(json, true).join();
  }

  void show(byte[] frame) {
    socket.sendBinary(ByteBuffer.wrap(frame), true).join();
  }

  JsonNode next(String type) throws InterruptedException {
    return next(type, message -> true);
  }

  JsonNode next(String type, Predicate<JsonNode> wanted) throws InterruptedException {
    while (true) {
      JsonNode message = messages.poll(10, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("No message " + type + " within 10 s; seen " + seen);
      }
      if (message.path("type").asString().equals(type) && wanted.test(message)) {
        return message;
      }
    }
  }

  /** Waits until the server has ended the connection. @return the code it gave */
  int awaitClosed() throws InterruptedException {
    try {
      return closed.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("The connection was not closed", e);
    }
  }

  int seen(String type) {
    return seen.getOrDefault(type, 0);
  }

  @Override
  public void close() {
    if (!closed.isDone()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode message = JsonMapper.shared().readTree(text.toString());
        text.setLength(0);
        seen.merge(message.path("type").asString(), 1, Integer::sum);
        messages.add(message);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
