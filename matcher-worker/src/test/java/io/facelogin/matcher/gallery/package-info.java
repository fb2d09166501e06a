/** Tests and their fakes. */
@NullMarked
package io.facelogin.matcher.gallery;

import org.jspecify.annotations.NullMarked;
