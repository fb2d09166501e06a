/**
 * "Log in with your face" for applications that speak OpenID Connect: Spring Security's
 * authorization server, with the face login as the way to be authenticated. Start reading at
 * OidcConfiguration.
 */
@NullMarked
package io.facelogin.web.oidc;

import org.jspecify.annotations.NullMarked;
