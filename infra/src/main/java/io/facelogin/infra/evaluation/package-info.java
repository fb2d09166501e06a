/**
 * Judges a network on labelled pairs. Plain Java: start reading at {@link
 * io.facelogin.infra.evaluation.Judgement}.
 */
@NullMarked
package io.facelogin.infra.evaluation;

import org.jspecify.annotations.NullMarked;
