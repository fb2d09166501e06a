/**
 * How the pages travel: certificates, and how the site is reached from outside. Start reading at
 * {@link io.facelogin.web.tls.TransportSettings}.
 */
@NullMarked
package io.facelogin.web.tls;

import org.jspecify.annotations.NullMarked;
