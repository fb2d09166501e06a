/** What REST says when it says no: problem details (RFC 9457). Start reading at Problems. */
@NullMarked
package io.facelogin.web.problem;

import org.jspecify.annotations.NullMarked;
