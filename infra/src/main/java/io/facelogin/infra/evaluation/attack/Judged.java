package io.facelogin.infra.evaluation.attack;

import io.facelogin.contract.v1.AttackSign;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the pipeline says of a presentation.
 *
 * @param clip judged over time, as a log-in is; otherwise by one picture, by its score alone
 * @param passed whether it was taken for a living person
 * @param attackScore of the picture, or the mean over the track up to the verdict; empty: no face
 * @param relief shown up to the verdict; of clips only
 * @param decidedAfter from the clip's first frame to the one that brought the verdict; absent for
 *     pictures, and where nothing was decided before the clip's end
 * @param fault why nothing could be judged; such a presentation counts in no rate
 */
public record Judged(
    Presentation presentation,
    boolean clip,
    boolean passed,
    OptionalDouble attackScore,
    OptionalDouble relief,
    List<AttackSign> signs,
    Optional<Duration> decidedAfter,
    Optional<String> fault) {

  static Judged failed(Presentation presentation, boolean clip, String fault) {
    return new Judged(
        presentation,
        clip,
        false,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of(),
        Optional.empty(),
        Optional.of(fault));
  }

  /** A wrong verdict: an attack that passed, or a person who did not. */
  public boolean isError() {
    return presentation.attack() == passed;
  }
}
