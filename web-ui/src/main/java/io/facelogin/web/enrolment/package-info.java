/** From good samples to published templates, or to nothing at all. Start reading at Enrolments. */
@NullMarked
package io.facelogin.web.enrolment;

import org.jspecify.annotations.NullMarked;
