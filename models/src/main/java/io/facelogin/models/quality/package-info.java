/**
 * Whether a face is good enough to be recognised by, in words that a person understands. Start
 * reading at {@link io.facelogin.models.quality.QualityJudge}.
 */
@NullMarked
package io.facelogin.models.quality;

import org.jspecify.annotations.NullMarked;
