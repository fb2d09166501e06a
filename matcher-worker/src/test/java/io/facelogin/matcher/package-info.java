/** Tests and their fakes. */
@NullMarked
package io.facelogin.matcher;

import org.jspecify.annotations.NullMarked;
