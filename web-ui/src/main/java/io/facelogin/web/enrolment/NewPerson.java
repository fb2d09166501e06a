package io.facelogin.web.enrolment;

import org.jspecify.annotations.Nullable;

/** Who wants to be enrolled. */
public record NewPerson(String name, @Nullable String mail) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_MAIL = 254;

  /**
   * Trims, and takes an empty mail for none. @throws IllegalArgumentException saying what is wrong
   */
  public static NewPerson of(@Nullable String name, @Nullable String mail) {
    String trimmed = name == null ? "" : name.strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "A name has 1 to "
              + LONGEST_NAME
              + " characters; this one has "
              + trimmed.length()
              + ".");
    }
    if (trimmed.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A name has no control characters.");
    }
    String address = mail == null || mail.isBlank() ? null : mail.strip();
    if (address != null && !isMail(address)) {
      throw new IllegalArgumentException(
          "That is no mail address of at most " + LONGEST_MAIL + " characters.");
    }
    return new NewPerson(trimmed, address);
  }

  private static boolean isMail(String address) {
    int at = address.indexOf('@');
    return at > 0
        && at == address.lastIndexOf('@')
        && at < address.length() - 1
        && address.length() <= LONGEST_MAIL
        && address.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
  }
}
