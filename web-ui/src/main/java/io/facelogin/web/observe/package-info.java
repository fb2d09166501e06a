/** Health and metrics of this stage. Start reading at Surroundings. */
@NullMarked
package io.facelogin.web.observe;

import org.jspecify.annotations.NullMarked;
