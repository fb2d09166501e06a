package io.facelogin.web.live;

import io.facelogin.contract.v1.Challenge;
import io.facelogin.contract.v1.ChallengeAct;
import io.facelogin.models.liveness.ChallengeWatch;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Draws what a person is asked to do: two different acts in an order that nobody can foresee, at
 * least one of which a flat picture cannot do.
 */
@Component
class Challenges {

  private static final List<ChallengeAct> ACTS =
      List.of(
          ChallengeAct.TURN_LEFT,
          ChallengeAct.TURN_RIGHT,
          ChallengeAct.COME_CLOSER,
          ChallengeAct.NOD);
  private static final int ACTS_ASKED = 2;

  private final SecureRandom random = new SecureRandom();

  Challenge draw(Instant now, Duration time) {
    List<ChallengeAct> acts;
    do {
      acts = new ArrayList<>(ACTS);
      java.util.Collections.shuffle(acts, random);
      acts = acts.subList(0, ACTS_ASKED);
    } while (!ChallengeWatch.isStrong(acts));
    long nowUs = ChronoUnit.MICROS.between(Instant.EPOCH, now);
    return Challenge.newBuilder()
        .setChallengeId(UUID.randomUUID().toString())
        .addAllActs(acts)
        .setIssuedAtUs(nowUs)
        .setExpiresAtUs(nowUs + time.toNanos() / 1_000)
        .build();
  }
}
