/**
 * The whole site as a person meets it: real Chromium, real networks, a camera that plays a clip.
 * Start reading at {@code BrowserLoginIT}.
 */
@NullMarked
package io.facelogin.infra.browser;

import org.jspecify.annotations.NullMarked;
