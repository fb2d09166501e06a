package io.facelogin.application;

import java.net.URI;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A Spring Boot application with nothing but {@code oauth2Login} and the settings that this
 * module's README tells. It knows face-login by its address only.
 */
public final class OtherApplication implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private OtherApplication(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ServletWebSecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class,
    OAuth2ClientAutoConfiguration.class,
    OAuth2ClientWebSecurityAutoConfiguration.class
  })
  static class Settings {

    @RestController
    static class Page {
      @GetMapping("/me")
      Map<String, Object> me(@AuthenticationPrincipal OidcUser user) {
        return user.getClaims();
      }
    }
  }

  /**
   * @param port where its redirect URI was registered
   */
  public static OtherApplication start(int port, URI issuer, String id, String secret) {
    String provider = "spring.security.oauth2.client.provider.face-login.";
    String registration = "spring.security.oauth2.client.registration.face-login.";
    return new OtherApplication(
        new SpringApplicationBuilder(Settings.class)
            .registerShutdownHook(false)
            .properties("spring.config.location=optional:classpath:/none/")
            .properties("spring.main.banner-mode=off", "server.address=127.0.0.1")
            .properties("server.port=" + port)
            .properties(provider + "issuer-uri=" + issuer)
            .properties(registration + "client-id=" + id)
            .properties(registration + "client-secret=" + secret)
            .properties(registration + "scope=openid,profile")
            .run());
  }

  @Override
  public void close() {
    context.close();
  }
}
