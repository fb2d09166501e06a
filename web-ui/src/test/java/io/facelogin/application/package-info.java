/** An application of somebody else, which offers to log in with one's face. */
@NullMarked
package io.facelogin.application;

import org.jspecify.annotations.NullMarked;
