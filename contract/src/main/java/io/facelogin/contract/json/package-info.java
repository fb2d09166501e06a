/**
 * What the command line prints with {@code --json}: scripts rely on these names. An entry that
 * could not be made is an {@link io.facelogin.contract.json.UnusablePicture} in the place of the
 * other.
 */
@NullMarked
package io.facelogin.contract.json;

import org.jspecify.annotations.NullMarked;
