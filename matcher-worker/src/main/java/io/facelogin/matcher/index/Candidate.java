package io.facelogin.matcher.index;

import io.facelogin.contract.PersonId;

/**
 * A person and how similar the most similar of their templates is.
 *
 * @param similarity of the probe with a unit vector: the cosine where the probe has unit length
 */
public record Candidate(PersonId person, float similarity) {}
