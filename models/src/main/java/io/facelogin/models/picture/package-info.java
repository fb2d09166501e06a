/** Pictures as foreign bytes become them: checked before they are decoded, upright afterwards. */
@NullMarked
package io.facelogin.models.picture;

import org.jspecify.annotations.NullMarked;
