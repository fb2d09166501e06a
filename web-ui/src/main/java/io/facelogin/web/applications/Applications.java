package io.facelogin.web.applications;

import io.facelogin.web.WebSettings;
import io.facelogin.web.token.TokenSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.stereotype.Service;

/**
 * Who is registered. What was issued to an application goes with it: the database itself sees to
 * that.
 */
@Service
public class Applications {

  /** Of an application that gets its tokens from the site's own page only. */
  public static final AuthorizationGrantType FACE_SESSION =
      new AuthorizationGrantType("urn:face-login:session");

  private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

  private final RegisteredClientRepository clients;
  private final JdbcClient jdbc;
  private final TokenSettings tokens;
  private final Clock clock;
  private final SecretHash hash = new SecretHash();

  Applications(
      RegisteredClientRepository clients, JdbcClient jdbc, WebSettings settings, Clock clock) {
    this.clients = clients;
    this.jdbc = jdbc;
    this.tokens = settings.tokens();
    this.clock = clock;
  }

  /**
   * A new application.
   *
   * @param secret in plain, for the only time; null for a public one
   */
  record Registered(Application application, @Nullable String secret) {}

  public List<Application> all() {
    return jdbc
        .sql(
            "select client_id from oauth2_registered_client order by lower(client_name), client_id")
        .query(String.class)
        .list()
        .stream()
        .flatMap(id -> find(id).stream())
        .toList();
  }

  public Optional<Application> find(String id) {
    return client(id).map(Application::of);
  }

  public Optional<RegisteredClient> client(String id) {
    return id.isBlank() ? Optional.empty() : Optional.ofNullable(clients.findByClientId(id));
  }

  /**
   * @param application checked, with an id that is free
   */
  Registered register(NewApplication application) {
    boolean open = Boolean.TRUE.equals(application.isPublic());
    String secret = open ? null : secret();
    RegisteredClient.Builder client =
        RegisteredClient.withId(UUID.randomUUID().toString())
            .clientId(String.valueOf(application.id()))
            .clientIdIssuedAt(clock.instant())
            .clientName(String.valueOf(application.name()))
            .redirectUris(uris -> uris.addAll(orNone(application.redirectUris())))
            .postLogoutRedirectUris(
                uris -> uris.addAll(orNone(application.postLogoutRedirectUris())))
            .scopes(scopes -> scopes.addAll(orNone(application.scopes())))
            .authorizationGrantType(
                orNone(application.redirectUris()).isEmpty()
                    ? FACE_SESSION
                    : AuthorizationGrantType.AUTHORIZATION_CODE)
            .clientSettings(
                ClientSettings.builder()
                    .requireProofKey(Boolean.TRUE.equals(application.needsProofKey()))
                    .requireAuthorizationConsent(Boolean.TRUE.equals(application.asksConsent()))
                    .build())
            .tokenSettings(
                org.springframework.security.oauth2.server.authorization.settings.TokenSettings
                    .builder()
                    .authorizationCodeTimeToLive(CODE_LIFETIME)
                    .accessTokenTimeToLive(tokens.lifetime())
                    .build());
    if (secret == null) {
      client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
    } else {
      client
          .clientSecret(hash.encode(secret))
          .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
          .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    }
    RegisteredClient registered = client.build();
    clients.save(registered);
    return new Registered(Application.of(registered), secret);
  }

  boolean remove(String id) {
    return jdbc.sql("delete from oauth2_registered_client where client_id = :id")
            .param("id", id)
            .update()
        == 1;
  }

  private static List<String> orNone(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }

  private static String secret() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
