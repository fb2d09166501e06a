package io.facelogin.web.people;

import java.util.UUID;

/** Somebody was erased a moment ago: what still names the person must let go. */
public record PersonErased(UUID id) {}
