/**
 * The capture agent's side of the broker: frames and states out, the list of cameras in. Start
 * reading at {@link io.facelogin.capture.kafka.FramePublisher}.
 */
@NullMarked
package io.facelogin.capture.kafka;

import org.jspecify.annotations.NullMarked;
