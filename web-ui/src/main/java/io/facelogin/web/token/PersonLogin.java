package io.facelogin.web.token;

import io.facelogin.web.access.RecognisedPerson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * One log-in by face, as it is vouched for: without a name, and without any other role that the
 * session may have.
 *
 * @param at when the face was recognised
 * @param loginId of this log-in ({@code sid})
 * @param methods how ({@code amr}): face, and what else was checked
 */
public record PersonLogin(UUID person, Instant at, UUID loginId, List<String> methods) {

  private static final String FACE = "face";
  private static final String METHOD = "METHOD_";
  private static final String LOGIN = "LOGIN_";

  public PersonLogin {
    methods = List.copyOf(methods);
  }

  /** Empty for whoever is not logged in by face, an administrator too. */
  public static Optional<PersonLogin> of(@Nullable Authentication visitor) {
    if (visitor == null || !(visitor.getPrincipal() instanceof RecognisedPerson person)) {
      return Optional.empty();
    }
    List<String> methods = new ArrayList<>(List.of(FACE));
    methods.addAll(person.checks());
    return Optional.of(new PersonLogin(person.id(), person.at(), person.loginId(), methods));
  }

  /** As the authorization server keeps it beside what it issues, in types that it can store. */
  public Authentication toAuthentication() {
    List<GrantedAuthority> granted = new ArrayList<>();
    for (String method : methods) {
      granted.add(FactorGrantedAuthority.withAuthority(METHOD + method).issuedAt(at).build());
    }
    granted.add(new SimpleGrantedAuthority(LOGIN + loginId));
    return UsernamePasswordAuthenticationToken.authenticated(person.toString(), null, granted);
  }

  /** Back from {@link #toAuthentication()}. */
  public static PersonLogin from(Authentication stored) {
    Instant at = Instant.EPOCH;
    UUID loginId = null;
    List<String> methods = new ArrayList<>();
    for (GrantedAuthority authority : stored.getAuthorities()) {
      String text = String.valueOf(authority.getAuthority());
      if (authority instanceof FactorGrantedAuthority factor && text.startsWith(METHOD)) {
        methods.add(text.substring(METHOD.length()));
        at = factor.getIssuedAt();
      } else if (text.startsWith(LOGIN)) {
        loginId = UUID.fromString(text.substring(LOGIN.length()));
      }
    }
    if (loginId == null || methods.isEmpty()) {
      throw new IllegalArgumentException("This is no log-in by face");
    }
    return new PersonLogin(UUID.fromString(stored.getName()), at, loginId, methods);
  }
}
