package io.facelogin.web.live;

import io.facelogin.web.SiteAddress;
import io.facelogin.web.WebSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/** Puts the socket at /ws. Browsers of another origin are refused. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class LiveConfiguration implements WebSocketConfigurer {

  private final SiteAddress site;
  private final BrowserSocket socket;
  private final BrowserAdmission admission;

  LiveConfiguration(BrowserSocket socket, BrowserAdmission admission, SiteAddress site) {
    this.site = site;
    this.socket = socket;
    this.admission = admission;
  }

  @Override
  public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
    registry
        .addHandler(socket, "/ws")
        .addInterceptors(admission)
        // Behind a proxy the address that the browser sees is not the one that is served.
        .setAllowedOrigins(site.url().toString());
  }

  /** The default buffer of 8 KiB would close the connection at the first frame. */
  @Bean
  static ServletServerContainerFactoryBean webSocketContainer(WebSettings settings) {
    ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
    container.setMaxBinaryMessageBufferSize(BrowserSocket.MAX_MESSAGE_BYTES);
    container.setMaxTextMessageBufferSize(BrowserSocket.MAX_TEXT_BYTES);
    container.setMaxSessionIdleTimeout(settings.access().socketIdle().toMillis());
    return container;
  }
}
