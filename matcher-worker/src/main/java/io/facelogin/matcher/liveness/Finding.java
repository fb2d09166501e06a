package io.facelogin.matcher.liveness;

import io.facelogin.contract.v1.Reason;

/** What the required checks say of a track. Whoever may enter has {@link Passed}, no less. */
public sealed interface Finding {

  /** Each required check has answered, and its answer is yes. */
  record Passed() implements Finding {}

  /** A check has not answered yet, and there is still time. */
  record Pending() implements Finding {}

  /** For good: nothing that comes later on this track changes it. */
  record Failed(Reason reason) implements Finding {}
}
