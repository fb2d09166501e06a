/** EdgeFace (George et al. 2023): EdgeNeXt made into a face encoder. */
@NullMarked
package io.facelogin.models.edgeface;

import org.jspecify.annotations.NullMarked;
