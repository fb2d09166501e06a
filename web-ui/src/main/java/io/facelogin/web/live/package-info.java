/** Frames from browsers in, guidance and decisions out. Start reading at BrowserSocket. */
@NullMarked
package io.facelogin.web.live;

import org.jspecify.annotations.NullMarked;
