/** Points and boxes in pixels; pixel (0,0) is the centre of the top-left pixel. */
@NullMarked
package io.facelogin.models.geometry;

import org.jspecify.annotations.NullMarked;
