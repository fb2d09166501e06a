/**
 * Whether a face may be believed to be a living person's who is here now. Start reading at {@link
 * io.facelogin.matcher.liveness.LivenessRules}.
 */
@NullMarked
package io.facelogin.matcher.liveness;

import org.jspecify.annotations.NullMarked;
