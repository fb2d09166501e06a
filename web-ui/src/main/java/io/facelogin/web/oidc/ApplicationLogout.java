package io.facelogin.web.oidc;

import io.facelogin.web.token.FaceClaims;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/** Ends the log-in that an application's id token came from, and what was issued with it. */
final class ApplicationLogout implements LogoutHandler {

  private final FaceLogins logins;
  private final OAuth2AuthorizationService issued;

  ApplicationLogout(FaceLogins logins, OAuth2AuthorizationService issued) {
    this.logins = logins;
    this.issued = issued;
  }

  @Override
  public void logout(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication) {
    OidcIdToken token =
        authentication instanceof OidcLogoutAuthenticationToken logout ? logout.getIdToken() : null;
    if (token == null) {
      return;
    }
    String loginId = token.getClaimAsString(FaceClaims.LOGIN);
    if (loginId != null) {
      logins.end(UUID.fromString(loginId));
    }
    OAuth2Authorization authorization =
        issued.findByToken(token.getTokenValue(), new OAuth2TokenType(OidcParameterNames.ID_TOKEN));
    if (authorization != null) {
      issued.remove(authorization);
    }
  }
}
