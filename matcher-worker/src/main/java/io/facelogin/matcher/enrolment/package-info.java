/**
 * May these samples become templates? Start reading at {@link
 * io.facelogin.matcher.enrolment.EnrolmentRules}.
 */
@NullMarked
package io.facelogin.matcher.enrolment;

import org.jspecify.annotations.NullMarked;
