/** Tests and their fakes. */
@NullMarked
package io.facelogin.matcher.enrolment;

import org.jspecify.annotations.NullMarked;
