/**
 * Applications that people log in to by face: who is registered, and what they may ask for. Start
 * reading at {@link io.facelogin.web.applications.Applications}.
 */
@NullMarked
package io.facelogin.web.applications;

import org.jspecify.annotations.NullMarked;
