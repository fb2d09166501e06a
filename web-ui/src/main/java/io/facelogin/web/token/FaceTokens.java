package io.facelogin.web.token;

import io.facelogin.web.SiteAddress;
import io.facelogin.web.WebSettings;
import io.facelogin.web.applications.Applications;
import io.facelogin.web.people.Person;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Service;

/**
 * Issues tokens for whoever is logged in on the site's own page. They are kept like those of the
 * authorization server: who asks there (introspection) learns that an erased person's is no longer
 * valid.
 */
@Service
class FaceTokens {

  private final JwtEncoder encoder;
  private final OAuth2AuthorizationService issued;
  private final SiteAddress site;
  private final TokenSettings settings;
  private final Clock clock;

  FaceTokens(
      JwtEncoder encoder,
      OAuth2AuthorizationService issued,
      SiteAddress site,
      WebSettings settings,
      Clock clock) {
    this.encoder = encoder;
    this.issued = issued;
    this.site = site;
    this.settings = settings.tokens();
    this.clock = clock;
  }

  /**
   * A token by which this application knows the person.
   *
   * @param scopes of those that the application may ask for
   */
  Jwt issue(RegisteredClient audience, PersonLogin login, Person person, Set<String> scopes) {
    Instant now = clock.instant();
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(site.issuer())
            .audience(new ArrayList<>(List.of(audience.getClientId()))) // stored, by its class
            .subject(person.id().toString())
            .issuedAt(now)
            .expiresAt(now.plus(settings.lifetime()))
            .id(UUID.randomUUID().toString())
            .claims(
                all -> {
                  FaceClaims.addLogin(all, login);
                  FaceClaims.addPerson(all, person, scopes);
                })
            .build();
    JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).type("JWT").build();
    Jwt token = encoder.encode(JwtEncoderParameters.from(header, claims));
    keep(audience, login, token, scopes);
    return token;
  }

  private void keep(RegisteredClient audience, PersonLogin login, Jwt token, Set<String> scopes) {
    Authentication principal = login.toAuthentication();
    issued.save(
        OAuth2Authorization.withRegisteredClient(audience)
            .principalName(principal.getName())
            .authorizationGrantType(Applications.FACE_SESSION)
            .authorizedScopes(scopes)
            .attribute(Principal.class.getName(), principal)
            .token(
                new OAuth2AccessToken(
                    OAuth2AccessToken.TokenType.BEARER,
                    token.getTokenValue(),
                    token.getIssuedAt(),
                    token.getExpiresAt(),
                    scopes),
                metadata ->
                    metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, token.getClaims()))
            .build());
  }
}
