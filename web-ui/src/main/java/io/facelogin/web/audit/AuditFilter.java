package io.facelogin.web.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which entries to show; null leaves a condition out. The actor may be a role alone. */
record AuditFilter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String subject,
    @Nullable Instant from,
    @Nullable Instant to) {}
