package io.facelogin.matcher.decision;

import io.facelogin.contract.PersonId;
import java.util.Optional;

/**
 * One good frame of a probe.
 *
 * @param vector of unit length; shared: nobody writes to it
 * @param weight its quality, 0 to 1
 * @param alone whom this frame alone would name
 */
public record ProbeFrame(float[] vector, float weight, Optional<PersonId> alone) {}
