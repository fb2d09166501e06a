package io.facelogin.web.oidc;

import io.facelogin.web.WebSettings;
import io.facelogin.web.people.Person;
import io.facelogin.web.people.PersonRepository;
import io.facelogin.web.token.FaceClaims;
import io.facelogin.web.token.PersonLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/** What the authorization server's tokens say beside what the protocol asks for. */
@Component
class TokenContents implements OAuth2TokenCustomizer<JwtEncodingContext> {

  private final PersonRepository people;
  private final Duration lifetime;

  TokenContents(PersonRepository people, WebSettings settings) {
    this.people = people;
    this.lifetime = settings.tokens().lifetime();
  }

  @Override
  public void customize(JwtEncodingContext context) {
    PersonLogin login = PersonLogin.from(context.getPrincipal());
    boolean idToken = OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue());
    Person person = person(login.person());
    context.getJwsHeader().type("JWT");
    context
        .getClaims()
        .claims(
            claims -> {
              FaceClaims.addLogin(claims, login);
              if (idToken) {
                claims.put(FaceClaims.LOGIN, login.loginId().toString());
                FaceClaims.addPerson(claims, person, context.getAuthorizedScopes());
                if (claims.get(JwtClaimNames.IAT) instanceof Instant issuedAt) {
                  claims.put(JwtClaimNames.EXP, issuedAt.plus(lifetime));
                }
              }
            });
  }

  /** Who was erased since the code was issued gets no token. */
  private Person person(UUID id) {
    return people
        .enrolled(id)
        .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
  }
}
