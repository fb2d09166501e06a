package io.facelogin.web;

import java.net.URI;

/**
 * Where the site is reached, and who it is to those that check its tokens.
 *
 * @param url without a slash at its end
 */
public record SiteAddress(URI url) {

  static SiteAddress of(URI url) {
    return new SiteAddress(URI.create(url.toString().replaceFirst("/+$", "")));
  }

  /** As tokens name it ({@code iss}). */
  public String issuer() {
    return url.toString();
  }
}
