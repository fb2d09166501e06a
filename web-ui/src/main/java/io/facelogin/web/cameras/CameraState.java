package io.facelogin.web.cameras;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a camera is.
 *
 * @param state CONNECTING, LIVE, AWAY, ENDED, or OFF while it is switched off or no capture agent
 *     has spoken of it, REMOVED as the last news of a camera taken off
 * @param message what is wrong and what to do; empty while it is well
 * @param lagMs age of the newest frame when its faces were known; null while none came
 */
public record CameraState(
    String id,
    String name,
    String state,
    String message,
    @Nullable Instant since,
    float framesPerSecond,
    @Nullable Long lagMs) {}
