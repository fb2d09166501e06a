/** Tests and their fakes. */
@NullMarked
package io.facelogin.matcher.lmdb;

import org.jspecify.annotations.NullMarked;
