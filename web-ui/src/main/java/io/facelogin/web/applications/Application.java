package io.facelogin.web.applications;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * An application that people log in to by face.
 *
 * @param id its client id, and the audience of its tokens
 * @param redirectUris where a browser may be sent back to, compared as whole texts; empty for one
 *     that only gets tokens of the site's own page
 * @param postLogoutRedirectUris the same after a log-out
 * @param scopes what it may ask for
 * @param isPublic it has no secret, as one that runs in a browser or on a telephone
 * @param asksConsent the person is asked before anything is handed over; otherwise the
 *     administrator's registration is enough
 * @param needsProofKey each log-in carries a proof key (PKCE)
 */
public record Application(
    String id,
    String name,
    List<String> redirectUris,
    List<String> postLogoutRedirectUris,
    List<String> scopes,
    boolean isPublic,
    boolean asksConsent,
    boolean needsProofKey,
    Instant registeredAt) {

  static Application of(RegisteredClient client) {
    return new Application(
        client.getClientId(),
        client.getClientName(),
        client.getRedirectUris().stream().sorted().toList(),
        client.getPostLogoutRedirectUris().stream().sorted().toList(),
        client.getScopes().stream().sorted().toList(),
        client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE),
        client.getClientSettings().isRequireAuthorizationConsent(),
        client.getClientSettings().isRequireProofKey(),
        Objects.requireNonNull(client.getClientIdIssuedAt()));
  }
}
