package io.facelogin.web.people;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is enrolled.
 *
 * @param templates published for this person
 * @param weak enrolled from a single photograph
 */
public record Person(
    UUID id, String name, @Nullable String mail, Instant enrolledAt, int templates, boolean weak) {}
