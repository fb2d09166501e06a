package io.facelogin.web.applications;

import io.facelogin.web.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.OidcScopes;

/**
 * What the administrator says of an application. Whatever is left out takes its default.
 *
 * @param id default: made of the name
 * @param scopes default: openid, profile (the name) and email
 */
record NewApplication(
    @Nullable String name,
    @Nullable String id,
    @Nullable List<String> redirectUris,
    @Nullable List<String> postLogoutRedirectUris,
    @Nullable List<String> scopes,
    @Nullable Boolean isPublic,
    @Nullable Boolean asksConsent,
    @Nullable Boolean needsProofKey) {

  static final List<String> SCOPES =
      List.of(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL);

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int MOST_ADDRESSES = 20;

  /**
   * @throws Problem saying what is wrong with which value
   */
  NewApplication checked() {
    String checkedName = name == null ? "" : name.strip();
    if (checkedName.isEmpty()
        || checkedName.length() > 100
        || checkedName.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badRequest("The name of the application must have 1 to 100 characters.");
    }
    String checkedId = id == null || id.isBlank() ? fromName(checkedName) : id.strip();
    if (!ID.matcher(checkedId).matches()) {
      throw Problem.badRequest(
          "The id of an application has small letters, digits, dot, dash and underscore, at most"
              + " 100; got "
              + checkedId
              + ".");
    }
    List<String> redirects = addresses(redirectUris);
    boolean open = Boolean.TRUE.equals(isPublic);
    boolean proofKey = needsProofKey == null || needsProofKey;
    if (open && !proofKey) {
      throw Problem.badRequest(
          "An application without a secret must use proof keys (PKCE): anybody could use its codes"
              + " otherwise.");
    }
    if (open && redirects.isEmpty()) {
      throw Problem.badRequest("A public application needs an address to send browsers back to.");
    }
    List<String> asked = scopes == null || scopes.isEmpty() ? SCOPES : scopes;
    for (String scope : asked) {
      if (!SCOPES.contains(scope)) {
        throw Problem.badRequest("The scopes are " + SCOPES + ", got " + scope + ".");
      }
    }
    if (!asked.contains(OidcScopes.OPENID)) {
      throw Problem.badRequest("The scope openid is part of every log-in.");
    }
    return new NewApplication(
        checkedName,
        checkedId,
        redirects,
        addresses(postLogoutRedirectUris),
        List.copyOf(asked),
        open,
        Boolean.TRUE.equals(asksConsent),
        proofKey);
  }

  private static String fromName(String name) {
    String slug =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return slug.isEmpty() ? "application" : slug;
  }

  private static List<String> addresses(@Nullable List<String> uris) {
    List<String> given = Objects.requireNonNullElse(uris, List.of());
    if (given.size() > MOST_ADDRESSES) {
      throw Problem.badRequest("At most " + MOST_ADDRESSES + " addresses.");
    }
    return given.stream().map(NewApplication::address).distinct().toList();
  }

  /**
   * Whole and unambiguous, since it is compared as text and letters of other alphabets look like
   * ours; https, or this very machine.
   */
  private static String address(String text) {
    try {
      URI uri = new URI(text.strip());
      boolean safe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && uri.getHost() != null
                  && LOOPBACK.contains(uri.getHost()));
      if (safe
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null
          && uri.toString().chars().allMatch(letter -> letter > ' ' && letter < 0x7f)
          && !text.contains(",")
          && !text.contains("*")
          && text.length() <= 500) {
        return uri.toString();
      }
    } catch (URISyntaxException e) {
      // The words below say all there is to say.
    }
    throw Problem.badRequest(
        "An address that browsers are sent back to is a whole https address without #, * and comma"
            + " (http for localhost only), got "
            + text
            + ".");
  }
}
