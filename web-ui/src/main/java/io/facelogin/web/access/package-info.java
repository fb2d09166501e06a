/**
 * Who may do what: the administrator's link and tokens, sessions of persons who logged in by face.
 * Start reading at SecurityConfiguration.
 */
@NullMarked
package io.facelogin.web.access;

import org.jspecify.annotations.NullMarked;
