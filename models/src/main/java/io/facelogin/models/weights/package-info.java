/** Named tensors and the formats that they come in. */
@NullMarked
package io.facelogin.models.weights;

import org.jspecify.annotations.NullMarked;
