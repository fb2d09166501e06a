package io.facelogin.web.live;

import io.facelogin.web.observe.WebMetrics;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends to one browser without ever making the sender wait. While the browser is slow, only the
 * newest {@code faces} of a camera are kept, since older ones are worthless; decisions are never
 * dropped: a browser that has let too many wait is disconnected and comes back by itself.
 * Thread-safe.
 */
final class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int MOST_WAITING = 256;

  private record Waiting(@Nullable String facesOf, BrowserMessage message) {}

  private final WebSocketSession session;
  private final JsonMapper json;
  private final Executor senders;
  private final WebMetrics metrics;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private boolean sending;
  private boolean closed;

  Outbox(WebSocketSession session, JsonMapper json, Executor senders, WebMetrics metrics) {
    this.session = session;
    this.json = json;
    this.senders = senders;
    this.metrics = metrics;
  }

  void send(BrowserMessage message) {
    String facesOf = message instanceof BrowserMessage.Faces faces ? faces.camera() : null;
    boolean tooSlow;
    synchronized (this) {
      if (closed) {
        return;
      }
      if (facesOf != null) {
        dropOlderFaces(facesOf);
      }
      queue.add(new Waiting(facesOf, message));
      tooSlow = queue.size() > MOST_WAITING;
      closed = tooSlow;
      if (sending && !tooSlow) {
        return;
      }
      sending = true;
    }
    senders.execute(tooSlow ? this::disconnect : this::drain);
  }

  private void dropOlderFaces(String camera) {
    for (Iterator<Waiting> waiting = queue.iterator(); waiting.hasNext(); ) {
      if (camera.equals(waiting.next().facesOf())) {
        waiting.remove();
        metrics.messageDropped();
      }
    }
  }

  private void drain() {
    for (Waiting next = take(); next != null; next = take()) {
      try {
        session.sendMessage(new TextMessage(json.writeValueAsString(next.message())));
      } catch (IOException | IllegalStateException e) {
        disconnect();
        return;
      }
    }
  }

  private synchronized @Nullable Waiting take() {
    Waiting next = closed ? null : queue.poll();
    sending = next != null;
    return next;
  }

  /** Ends the connection because its owner may not have it any more. */
  void close() {
    end(CloseStatus.POLICY_VIOLATION);
  }

  private void disconnect() {
    end(CloseStatus.SESSION_NOT_RELIABLE);
  }

  private void end(CloseStatus status) {
    synchronized (this) {
      closed = true;
      queue.clear();
    }
    try {
      session.close(status);
    } catch (IOException e) {
      LOG.debug("The browser is gone already, which is what was wanted", e);
    }
  }
}
