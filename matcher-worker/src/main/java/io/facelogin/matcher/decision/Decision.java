package io.facelogin.matcher.decision;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.v1.Reason;

/** What is known of a probe. There is no fourth case, and no case without a reason. */
public sealed interface Decision {

  /** It is this person. */
  record Accepted(PersonId person) implements Decision {}

  /** Something is wrong with the probe itself: nobody may enter on it, whoever it resembles. */
  record Rejected(Reason reason) implements Decision {}

  /** Nobody can say who it is. */
  record Unknown(Reason reason) implements Decision {}

  default Reason reason() {
    if (this instanceof Rejected rejected) {
      return rejected.reason();
    }
    return this instanceof Unknown unknown ? unknown.reason() : Reason.MATCHED;
  }
}
