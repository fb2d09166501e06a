package io.facelogin.matcher.decision;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import java.util.List;
import java.util.Optional;

/**
 * One face that asks who it is, over the frames of its track.
 *
 * @param frames good ones only
 * @param framesNeeded before anything is decided
 * @param standing who was accepted on this track so far
 */
public record Probe(
    ModelId model, List<ProbeFrame> frames, int framesNeeded, Optional<PersonId> standing) {

  public Probe {
    frames = List.copyOf(frames);
  }
}
