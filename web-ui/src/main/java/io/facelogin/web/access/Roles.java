package io.facelogin.web.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** The administrator may do everything; a person who logged in by face is greeted and no more. */
public final class Roles {

  static final String ADMIN = "ADMIN";
  static final String PERSON = "PERSON";

  private static final GrantedAuthority ADMIN_AUTHORITY =
      new SimpleGrantedAuthority("ROLE_" + ADMIN);
  private static final GrantedAuthority PERSON_AUTHORITY =
      new SimpleGrantedAuthority("ROLE_" + PERSON);

  private Roles() {}

  public static boolean isAdministrator(@Nullable Authentication authentication) {
    return authentication != null && authentication.getAuthorities().contains(ADMIN_AUTHORITY);
  }

  static Authentication administrator() {
    return UsernamePasswordAuthenticationToken.authenticated(
        "administrator", "", List.of(ADMIN_AUTHORITY));
  }

  /** An administrator who tries the log-in stays one. */
  static Authentication recognised(RecognisedPerson person, @Nullable Authentication before) {
    List<GrantedAuthority> authorities = new ArrayList<>(List.of(PERSON_AUTHORITY));
    if (isAdministrator(before)) {
      authorities.add(ADMIN_AUTHORITY);
    }
    return UsernamePasswordAuthenticationToken.authenticated(person, "", authorities);
  }
}
