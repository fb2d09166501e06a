/** What the matcher decided, kept and shown. Start reading at DecisionKeeper. */
@NullMarked
package io.facelogin.web.decisions;

import org.jspecify.annotations.NullMarked;
