/**
 * Nearest people to a vector: exact scan, and Annoy with an exact delta. Start reading at {@link
 * io.facelogin.matcher.index.TemplateIndex}.
 */
@NullMarked
package io.facelogin.matcher.index;

import org.jspecify.annotations.NullMarked;
