package io.facelogin.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A camera's address as people may see it: the user's name stays, passwords and tokens become
 * {@code ***}. Also for addresses that are no valid URL, since those are shown in error messages.
 */
public record MaskedAddress(String text) {

  /** Scheme, then everything that may be user and password. */
  private static final Pattern START = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*://)?(.*)$");

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "([?&;](?:[a-z_-]*pass[a-z_-]*|pwd|pw|[a-z_-]*token|secret|auth|[a-z_-]*key)=)[^&;#]*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PORT_OR_NOTHING = Pattern.compile("[^:]*|[^:]*:\\d+|\\[.*](:\\d+)?");

  public static MaskedAddress of(String address) {
    Matcher start = START.matcher(address);
    if (address.startsWith("/") || !start.matches()) {
      return new MaskedAddress(address);
    }
    String scheme = start.group(1) == null ? "" : start.group(1);
    String rest = start.group(2);
    return new MaskedAddress(
        SECRET_PARAMETER.matcher(scheme + withoutPassword(rest)).replaceAll("$1***"));
  }

  @Override
  public String toString() {
    return text;
  }

  private static String withoutPassword(String rest) {
    int hostEnd = firstOf(rest, "/?#");
    int at = rest.lastIndexOf('@', hostEnd - 1);
    if (at < 0 && !PORT_OR_NOTHING.matcher(rest.substring(0, hostEnd)).matches()) {
      // What stands before the first slash is no host and port: the slash belongs to a password.
      at = rest.lastIndexOf('@');
    }
    if (at < 0) {
      return rest;
    }
    int colon = rest.indexOf(':');
    String user = colon >= 0 && colon < at ? rest.substring(0, colon) + ":***" : "***";
    return user + rest.substring(at);
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
