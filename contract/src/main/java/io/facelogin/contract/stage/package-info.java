/** What the launcher may ask of a stage of the pipeline, whichever it is. */
@NullMarked
package io.facelogin.contract.stage;

import org.jspecify.annotations.NullMarked;
