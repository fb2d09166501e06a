/**
 * Who may do what: roles and tokens, the administrator's link, sessions, limits. Start reading at
 * SecurityConfiguration.
 */
@NullMarked
package io.facelogin.web.access;

import org.jspecify.annotations.NullMarked;
