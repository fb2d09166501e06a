package io.facelogin.web.token;

import io.facelogin.web.people.Person;
import java.util.ArrayList;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;

/** What a token says of a log-in by face and, by scope only, of the person. */
public final class FaceClaims {

  /** The log-in that a token came from, so that it can be ended from outside. */
  public static final String LOGIN = "sid";

  private FaceClaims() {}

  /** How and when. */
  public static void addLogin(Map<String, Object> claims, PersonLogin login) {
    claims.put(IdTokenClaimNames.AUTH_TIME, Date.from(login.at()));
    claims.put(IdTokenClaimNames.AMR, new ArrayList<>(login.methods()));
  }

  /** Name and mail, each if asked for. The mail was typed by somebody and never tried. */
  public static void addPerson(Map<String, Object> claims, Person person, Set<String> scopes) {
    if (scopes.contains(OidcScopes.PROFILE)) {
      claims.put(StandardClaimNames.NAME, person.name());
    }
    if (scopes.contains(OidcScopes.EMAIL) && person.mail() != null) {
      claims.put(StandardClaimNames.EMAIL, person.mail());
      claims.put(StandardClaimNames.EMAIL_VERIFIED, false);
    }
  }
}
