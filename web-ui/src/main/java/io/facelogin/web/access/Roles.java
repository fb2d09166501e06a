package io.facelogin.web.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Who a visitor is to Spring Security. A token gives a {@link Role}; a person who logged in by face
 * is greeted and no more.
 */
public final class Roles {

  static final String PERSON = "PERSON";

  private static final GrantedAuthority PERSON_AUTHORITY =
      new SimpleGrantedAuthority("ROLE_" + PERSON);

  private Roles() {}

  /** Whether the visitor has this role or one that includes it. */
  public static boolean has(@Nullable Authentication visitor, Role role) {
    return visitor != null
        && visitor.getAuthorities().stream()
            .anyMatch(authority -> role.authority().equals(authority.getAuthority()));
  }

  /** By which token the visitor came; empty for strangers, and persons who came by face alone. */
  public static Optional<TokenGrant> grant(@Nullable Authentication visitor) {
    if (visitor == null) {
      return Optional.empty();
    }
    return visitor.getPrincipal() instanceof TokenGrant grant
        ? Optional.of(grant)
        : visitor.getDetails() instanceof TokenGrant grant ? Optional.of(grant) : Optional.empty();
  }

  static Authentication granted(TokenGrant grant) {
    return UsernamePasswordAuthenticationToken.authenticated(grant, "", grant.role().authorities());
  }

  /** A face adds no role and takes none away: whoever came by a token keeps it. */
  static Authentication recognised(RecognisedPerson person, @Nullable Authentication before) {
    Optional<TokenGrant> grant = grant(before);
    List<GrantedAuthority> authorities = new ArrayList<>(List.of(PERSON_AUTHORITY));
    grant.ifPresent(token -> authorities.addAll(token.role().authorities()));
    var visitor = UsernamePasswordAuthenticationToken.authenticated(person, "", authorities);
    grant.ifPresent(visitor::setDetails);
    return visitor;
  }
}
