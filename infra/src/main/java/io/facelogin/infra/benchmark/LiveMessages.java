package io.facelogin.infra.benchmark;

import io.facelogin.infra.OutsideMissingException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A site page without a browser: notes when each message arrives over the real WebSocket. */
final class LiveMessages implements WebSocket.Listener, AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Clock clock;
  private final StringBuilder text = new StringBuilder();
  private final Map<FrameKey, Long> facesAtUs = new ConcurrentHashMap<>();
  private final Map<String, Long> decisionsAtUs = new ConcurrentHashMap<>();
  private @Nullable WebSocket socket;

  private LiveMessages(Clock clock) {
    this.clock = clock;
  }

  /** One frame of one camera. */
  record FrameKey(String camera, long sequence) {}

  static LiveMessages open(URI site, String token, Clock clock) {
    var messages = new LiveMessages(clock);
    URI address =
        URI.create(site.toString().replaceFirst("^http", "ws")).resolve("/ws?purpose=site");
    try {
      messages.socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .connectTimeout(CONNECT_TIMEOUT)
              .header("Authorization", "Bearer " + token)
              .buildAsync(address, messages)
              .join();
    } catch (CompletionException e) {
      throw new OutsideMissingException("The WebSocket at " + address + " does not open: " + e, e);
    }
    return messages;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      note(JSON.readTree(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void note(JsonNode message) {
    long nowUs = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    switch (message.path("type").asString("")) {
      case "faces" ->
          facesAtUs.put(
              new FrameKey(message.get("camera").asString(), message.get("sequence").asLong()),
              nowUs);
      case "decision" -> decisionsAtUs.put(message.get("id").asString(), nowUs);
      default -> {}
    }
  }

  @Nullable Long facesAtUs(FrameKey frame) {
    return facesAtUs.get(frame);
  }

  @Nullable Long decisionAtUs(String decisionId) {
    return decisionsAtUs.get(decisionId);
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
