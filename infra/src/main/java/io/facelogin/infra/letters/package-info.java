/**
 * Records that no code could read: what there is, and what to do with it. Start reading at {@link
 * io.facelogin.infra.letters.DeadLetterBox}.
 */
@NullMarked
package io.facelogin.infra.letters;

import org.jspecify.annotations.NullMarked;
