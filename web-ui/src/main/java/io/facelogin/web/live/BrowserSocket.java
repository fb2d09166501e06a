package io.facelogin.web.live;

import org.springframework.stereotype.Component;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/** One browser's connection: frames in, guidance and decisions out. */
@Component
class BrowserSocket extends AbstractWebSocketHandler {

  static final int MAX_MESSAGE_BYTES = 2 * 1024 * 1024;
}
