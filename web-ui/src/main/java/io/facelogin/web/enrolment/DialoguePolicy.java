package io.facelogin.web.enrolment;

import java.time.Duration;

/**
 * How many samples an enrolment takes and when it settles for less variety.
 *
 * @param wanted samples that are published, one of each pose where the person can turn
 * @param fewest samples with which the person may finish early
 * @param anyPose good samples in hand that are enough when the head does not turn
 * @param patience without a new pose before {@code anyPose} counts, from the last one on
 * @param spacing between two samples, so that they are not the same picture
 */
public record DialoguePolicy(
    int wanted, int fewest, int anyPose, Duration patience, Duration spacing) {

  public DialoguePolicy {
    if (fewest < 1 || wanted < fewest || anyPose < wanted) {
      throw new IllegalArgumentException(
          "1 <= fewest <= wanted <= anyPose must hold, got "
              + fewest
              + ", "
              + wanted
              + ", "
              + anyPose);
    }
  }

  public static DialoguePolicy defaults() {
    return new DialoguePolicy(5, 3, 12, Duration.ofSeconds(6), Duration.ofMillis(150));
  }
}
