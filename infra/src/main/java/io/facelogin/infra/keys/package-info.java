/**
 * The keys of a site, counted and renewed. Start reading at {@link
 * io.facelogin.infra.keys.KeyRotation}.
 */
@NullMarked
package io.facelogin.infra.keys;

import org.jspecify.annotations.NullMarked;
