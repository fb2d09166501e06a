package io.facelogin.web.live;

import io.facelogin.contract.v1.Decision;
import java.util.ArrayList;
import java.util.List;

/**
 * What an accepted decision has passed beside the comparison of faces. The matcher accepts nobody
 * while a check that answered says no; here it is only told which answered.
 */
final class PassedChecks {

  private static final String LIVENESS = "liveness";
  private static final String CHALLENGE = "challenge";

  private PassedChecks() {}

  static List<String> of(Decision accepted) {
    List<String> passed = new ArrayList<>();
    if (accepted.hasAttackScore()) {
      passed.add(LIVENESS);
    }
    if (accepted.getFrame().hasChallenge()) {
      passed.add(CHALLENGE);
    }
    return passed;
  }
}
