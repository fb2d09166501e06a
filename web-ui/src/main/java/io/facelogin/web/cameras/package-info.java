/** The registry of cameras and how they are. Start reading at CamerasController. */
@NullMarked
package io.facelogin.web.cameras;

import org.jspecify.annotations.NullMarked;
