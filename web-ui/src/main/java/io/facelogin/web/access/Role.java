package io.facelogin.web.access;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a token allows, the most first: each role may do what those after it may. */
public enum Role {
  /** Erases, gives tokens, cuts the audit. */
  ADMIN("administrator"),
  /** Looks after cameras and enrols other people. */
  OPERATOR("operator"),
  /** Looks. */
  VIEWER("viewer");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** As people say it. */
  public String word() {
    return word;
  }

  String authority() {
    return "ROLE_" + name();
  }

  /** This role and all that it includes. */
  List<GrantedAuthority> authorities() {
    return Stream.of(values())
        .filter(role -> role.compareTo(this) >= 0)
        .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.authority()))
        .toList();
  }

  /**
   * @throws IllegalArgumentException naming the roles there are
   */
  static Role named(String text) {
    for (Role role : values()) {
      if (role.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "role must be admin, operator or viewer, got \"" + text + "\".");
  }
}
