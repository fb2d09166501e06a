/**
 * Who is it? Frames of a track and candidates of the gallery to a decision. Start reading at {@link
 * io.facelogin.matcher.decision.DecisionRules}.
 */
@NullMarked
package io.facelogin.matcher.decision;

import org.jspecify.annotations.NullMarked;
