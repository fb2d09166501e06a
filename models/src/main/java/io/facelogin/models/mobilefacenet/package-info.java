/** MobileFaceNet (Chen et al. 2018), the default encoder. */
@NullMarked
package io.facelogin.models.mobilefacenet;

import org.jspecify.annotations.NullMarked;
