/** Tests of the index: against the original's own files first of all. */
@NullMarked
package io.facelogin.jannoy;

import org.jspecify.annotations.NullMarked;
