@NullMarked
package io.facelogin.models.liveness;

import org.jspecify.annotations.NullMarked;
