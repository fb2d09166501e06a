/**
 * Turns and scales a face to the points that an encoder was trained with; of all steps the one that
 * decides most about accuracy. Start reading at {@link io.facelogin.models.align.FaceAligner}.
 */
@NullMarked
package io.facelogin.models.align;

import org.jspecify.annotations.NullMarked;
