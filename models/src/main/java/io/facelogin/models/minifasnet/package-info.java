/**
 * MiniFASNet, two small networks that tell a live face from a picture of one by its surroundings.
 * Start reading at {@link io.facelogin.models.minifasnet.MiniFasNet}.
 */
@NullMarked
package io.facelogin.models.minifasnet;

import org.jspecify.annotations.NullMarked;
