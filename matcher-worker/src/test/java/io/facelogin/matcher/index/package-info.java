/** Tests and their fakes. */
@NullMarked
package io.facelogin.matcher.index;

import org.jspecify.annotations.NullMarked;
