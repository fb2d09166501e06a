/** Tests and their fakes. */
@NullMarked
package io.facelogin.matcher.decision;

import org.jspecify.annotations.NullMarked;
