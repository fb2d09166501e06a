package io.facelogin.web.decisions;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which decisions are wanted; null means any. From is inclusive, to is not. */
public record DecisionFilter(
    @Nullable String cameraId,
    @Nullable UUID personId,
    @Nullable String outcome,
    @Nullable Instant from,
    @Nullable Instant to) {}
