package io.facelogin.web.live;

import io.facelogin.contract.v1.Challenge;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.models.liveness.AttackEvidence;
import io.facelogin.models.liveness.AttackEvidence.Answer;
import io.facelogin.models.liveness.ChallengeWatch;
import io.facelogin.models.liveness.HeadLook;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.models.liveness.LivenessSettings.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One try to log in: its session, what is asked of the person meanwhile, and which decision may
 * open it. That one must be of this very session and challenge, of a frame that was taken in it a
 * moment ago, the newest of its track, and the first: a record that comes again, from another
 * session or from before opens nothing. Thread-safe.
 */
final class LoginAttempt {

  private static final Duration LONGEST_WAY = Duration.ofSeconds(10);

  private final String sessionId = UUID.randomUUID().toString();
  private final LivenessSettings settings;
  private final Challenges challenges;
  private final Instant begun;
  private final Map<Long, Integer> revisions = new HashMap<>();
  private long sequence;
  private boolean opened;
  private AttackEvidence evidence = AttackEvidence.NONE;
  private Challenge challenge = Challenge.getDefaultInstance();
  private ChallengeCause cause = ChallengeCause.ALWAYS;
  private ChallengeWatch watch = ChallengeWatch.NONE;
  private long watchedTrack;
  private long watchedSinceUs;
  private BrowserMessage.@Nullable Challenge told;

  LoginAttempt(LivenessSettings settings, Challenges challenges, Instant begun) {
    this.settings = settings;
    this.challenges = challenges;
    this.begun = begun;
  }

  String sessionId() {
    return sessionId;
  }

  String cameraId() {
    return Browser.CAMERA_PREFIX + sessionId;
  }

  /** The next frame of this try. */
  synchronized FrameRef.Builder frame(Purpose purpose, Instant now) {
    FrameRef.Builder frame =
        FrameRef.newBuilder()
            .setCameraId(cameraId())
            .setSequence(++sequence)
            .setCapturedAtUs(us(now))
            .setPurpose(purpose)
            .setSessionId(sessionId);
    if (isChallenged()) {
      frame.setChallenge(challenge);
    }
    return frame;
  }

  /**
   * Takes what was found in a frame.
   *
   * @return the challenge where it is new, or how far it is where that has changed
   */
  synchronized Optional<BrowserMessage.Challenge> saw(Faces faces, Instant now) {
    if (faces.getFacesCount() == 0) {
      return Optional.empty();
    }
    FaceCrop face = faces.getFaces(0);
    if (watchedSinceUs == 0 || face.getTrackId() != watchedTrack) {
      // To the matcher it is another face, which has shown and done nothing yet.
      watchedTrack = face.getTrackId();
      watchedSinceUs = faces.getFrame().getCapturedAtUs();
      evidence = AttackEvidence.NONE;
      watch = ChallengeWatch.NONE;
    }
    evidence =
        evidence.with(
            face.hasAttackScore()
                ? OptionalDouble.of(face.getAttackScore())
                : OptionalDouble.empty(),
            face.getAttackSignsList(),
            face.hasRelief() ? OptionalDouble.of(face.getRelief()) : OptionalDouble.empty());
    Optional<ChallengeCause> wanted =
        isChallenged() ? Optional.empty() : cause(faces.getFrame().getCapturedAtUs());
    if (wanted.isPresent()) {
      cause = wanted.get();
      challenge = challenges.draw(now, settings.challengeTime());
    } else if (isChallenged() && faces.getFrame().getChallenge().equals(challenge)) {
      watch = watch.after(challenge.getActsList(), HeadLook.of(face.getQuality()));
    }
    if (!isChallenged()) {
      return Optional.empty();
    }
    BrowserMessage.Challenge next = progress(now);
    boolean news = told == null || !told.wanted().equals(next.wanted());
    told = next;
    return news ? Optional.of(next) : Optional.empty();
  }

  private boolean isChallenged() {
    return !challenge.getChallengeId().isEmpty();
  }

  /** Why a challenge is wanted by now; empty while none is. */
  private Optional<ChallengeCause> cause(long atUs) {
    return switch (settings.challenge()) {
      case ALWAYS -> Optional.of(ChallengeCause.ALWAYS);
      case AUTO -> settings.attackCheck() ? doubt(atUs) : Optional.empty();
      case OFF -> Optional.empty();
    };
  }

  /** What looks like an attack is not asked for anything: the matcher refuses it. */
  private Optional<ChallengeCause> doubt(long atUs) {
    if (evidence.answer(settings.limits(), true) != Answer.INSUFFICIENT) {
      return Optional.empty();
    }
    if (evidence.isUnscored(settings.limits())) {
      return Optional.of(ChallengeCause.UNCHECKED);
    }
    long watchedUs = atUs - watchedSinceUs;
    return watchedUs >= settings.unsureAfter().toNanos() / 1_000
        ? Optional.of(ChallengeCause.UNSURE)
        : Optional.empty();
  }

  private BrowserMessage.Challenge progress(Instant now) {
    List<String> acts = Names.of(challenge.getActsList());
    boolean done = watch.isDone(challenge.getActsList());
    String wanted =
        done
            ? BrowserMessage.Challenge.DONE
            : watch.hasStraightLook() && watch.atRest()
                ? acts.get(watch.actsDone())
                : BrowserMessage.Challenge.LOOK_STRAIGHT;
    long leftMs = Math.max(0, (challenge.getExpiresAtUs() - us(now)) / 1_000);
    return new BrowserMessage.Challenge(
        acts, watch.actsDone(), wanted, leftMs, settings.challengeTime().toMillis(), cause);
  }

  /** Whether the person should move the head a little, which a flat picture cannot. */
  synchronized boolean lacksRelief() {
    return settings.attackCheck()
        && !isChallenged()
        && evidence.relief().isPresent()
        && !evidence.hasRelief(settings.limits());
  }

  /** Whether this decision opens the session; at most one does. */
  synchronized boolean isOpenedBy(Decision decision, Instant now) {
    int newest = revisions.getOrDefault(decision.getTrackId(), 0);
    if (decision.getRevision() <= newest) {
      return false;
    }
    revisions.put(decision.getTrackId(), decision.getRevision());
    boolean opens = !opened && decision.getOutcome() == Outcome.ACCEPTED && isOwn(decision, now);
    opened |= opens;
    return opens;
  }

  private boolean isOwn(Decision decision, Instant now) {
    FrameRef frame = decision.getFrame();
    long at = frame.getCapturedAtUs();
    return frame.getPurpose() == Purpose.LOGIN
        && frame.getSessionId().equals(sessionId)
        && frame.getCameraId().equals(cameraId())
        && frame.getChallenge().equals(challenge)
        && (isChallenged() || settings.challenge() != Rule.ALWAYS)
        && frame.getSequence() >= 1
        && frame.getSequence() <= sequence
        && at >= us(begun)
        && at <= us(now.plus(settings.clockTolerance()))
        && at >= us(now.minus(LONGEST_WAY));
  }

  private static long us(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
