/**
 * How often pictures of people pass for people, and people for pictures of them (ISO/IEC 30107-3).
 * Start reading at {@link io.facelogin.infra.evaluation.attack.PresentationJudge}.
 */
@NullMarked
package io.facelogin.infra.evaluation.attack;

import org.jspecify.annotations.NullMarked;
