package io.facelogin.web.live;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Box;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.web.access.FaceSessions;
import io.facelogin.web.access.RecognisedPerson;
import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.cameras.CameraBoard;
import io.facelogin.web.cameras.CameraState;
import io.facelogin.web.kafka.Feeds;
import io.facelogin.web.observe.WebMetrics;
import io.facelogin.web.people.Person;
import io.facelogin.web.people.PersonRepository;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells each browser what concerns it: a log-in page its own faces and decisions, an enrolment page
 * its guidance, site pages all of the site's cameras and every decision, but never a frame or a
 * face of somebody who logs in.
 */
@Component
class LiveRelay {

  /** To be near two people, or to be alone, says something about others. */
  private static final Set<String> SAY_WHO_IS_ENROLLED =
      Set.of(Reason.AMBIGUOUS.name(), Reason.GALLERY_EMPTY.name());

  private static final String DATABASE_AWAY = "The database is away for a moment. Try again soon.";

  private final Browsers browsers;
  private final CameraBoard cameras;
  private final PersonRepository people;
  private final AuditTrail audit;
  private final WebMetrics metrics;
  private final Clock clock;

  LiveRelay(
      Feeds feeds,
      Browsers browsers,
      CameraBoard cameras,
      PersonRepository people,
      AuditTrail audit,
      WebMetrics metrics,
      Clock clock) {
    this.browsers = browsers;
    this.cameras = cameras;
    this.people = people;
    this.audit = audit;
    this.metrics = metrics;
    this.clock = clock;
    feeds.follow(Topics.FACES, Feeds.Start.NOW, (camera, faces) -> found(faces));
    feeds.follow(Topics.EMBEDDINGS, Feeds.Start.NOW, (camera, faces) -> encoded(faces));
    feeds.follow(Topics.DECISIONS, Feeds.Start.NOW, (camera, decision) -> decided(decision));
    cameras.watch(state -> browsers.sendToSite(message(state)));
  }

  static BrowserMessage message(CameraState state) {
    return new BrowserMessage.Camera(
        state.id(),
        state.name(),
        state.state(),
        state.message(),
        state.since() == null ? null : state.since().toString(),
        state.framesPerSecond(),
        state.lagMs());
  }

  /** Frame rates and lags move without anybody saying so. */
  @Scheduled(fixedRate = 2, timeUnit = TimeUnit.SECONDS)
  void refreshCameras() {
    if (browsers.isSiteWatched()) {
      cameras.all().forEach(state -> browsers.sendToSite(message(state)));
    }
  }

  private void found(@Nullable Faces faces) {
    if (faces == null) {
      return;
    }
    FrameRef frame = faces.getFrame();
    switch (frame.getPurpose()) {
      case WATCH -> {
        if (browsers.isSiteWatched()) {
          browsers.sendToSite(message(faces, false));
        }
      }
      case LOGIN ->
          browsers
              .find(frame.getSessionId())
              .ifPresent(
                  browser -> {
                    browser.attempt().saw(faces, clock.instant()).ifPresent(browser::send);
                    browser.send(message(faces, browser.attempt().lacksRelief()));
                  });
      case ENROL ->
          browsers
              .find(frame.getSessionId())
              .ifPresent(browser -> browser.send(message(faces, false)));
      case IDENTIFY, PURPOSE_UNSPECIFIED, UNRECOGNIZED -> {}
    }
  }

  private void encoded(@Nullable Embeddings frame) {
    if (frame != null && frame.getFrame().getPurpose() == Purpose.ENROL) {
      browsers
          .find(frame.getFrame().getSessionId())
          .map(Browser::enrolment)
          .ifPresent(enrolment -> enrolment.offer(frame));
    }
  }

  private void decided(@Nullable Decision decision) {
    if (decision == null) {
      return;
    }
    Optional<Browser> own =
        decision.getFrame().getPurpose() == Purpose.LOGIN
            ? browsers.find(decision.getFrame().getSessionId())
            : Optional.empty();
    if (own.isEmpty() && !browsers.isSiteWatched()) {
      return;
    }
    Optional<Person> person;
    try {
      person = person(decision);
    } catch (DataAccessException | IllegalArgumentException e) {
      // Who cannot be looked up is nobody: a door stays shut while the database is away.
      person = Optional.empty();
      own.ifPresent(browser -> browser.sayAway(System.nanoTime(), DATABASE_AWAY));
    }
    BrowserMessage.Decision shown = message(decision, person.orElse(null));
    browsers.sendToSite(shown);
    if (own.isPresent()) {
      answer(own.get(), person, decision, shown);
    }
    metrics.decisionShown(Duration.ofMillis(shown.latencyMs()));
  }

  private void answer(
      Browser browser, Optional<Person> person, Decision decision, BrowserMessage.Decision shown) {
    boolean opens = browser.attempt().isOpenedBy(decision, clock.instant());
    if (decision.getOutcome() == Outcome.ACCEPTED && !opens) {
      // Come again, of another session or of another time: as if it had not come.
      metrics.decisionNotUsed();
      return;
    }
    if (opens && person.isPresent() && !open(browser, person.get(), decision)) {
      return;
    }
    browser.send(person.isPresent() ? shown : toldToStranger(shown));
  }

  private Optional<Person> person(Decision decision) {
    return decision.getOutcome() == Outcome.ACCEPTED
        ? people.enrolled(UUID.fromString(decision.getPersonId()))
        : Optional.empty();
  }

  private boolean open(Browser browser, Person person, Decision decision) {
    HttpSession session = browser.httpSession();
    if (session == null) {
      return false;
    }
    RecognisedPerson recognised =
        new RecognisedPerson(
            person.id(),
            person.name(),
            clock.instant(),
            decision.getCosineSimilarity(),
            UUID.randomUUID(),
            PassedChecks.of(decision));
    try {
      // Written first: what cannot be written down does not happen.
      audit.write(
          recognised.auditName(),
          "session-opened",
          person.id().toString(),
          Map.of("by", "face", "decision", decision.getDecisionId()));
      FaceSessions.open(session, recognised);
      return true;
    } catch (DataAccessException e) {
      browser.send(new BrowserMessage.Failure(DATABASE_AWAY));
    } catch (IllegalStateException e) {
      browser.send(new BrowserMessage.Failure("The session has run out. Load the page again."));
    }
    return false;
  }

  private BrowserMessage.Decision message(Decision decision, @Nullable Person person) {
    FrameRef frame = decision.getFrame();
    Instant captured = Instant.EPOCH.plus(frame.getCapturedAtUs(), ChronoUnit.MICROS);
    // The matcher knew somebody whom the table does not: erased a moment ago.
    boolean gone = decision.getOutcome() == Outcome.ACCEPTED && person == null;
    return new BrowserMessage.Decision(
        decision.getDecisionId(),
        frame.getCameraId(),
        cameras.name(frame.getCameraId()),
        decision.getTrackId(),
        gone ? Outcome.UNKNOWN.name() : decision.getOutcome().name(),
        gone ? List.of(Reason.NOT_ENROLLED.name()) : Names.of(decision.getReasonsList()),
        person == null ? null : new BrowserMessage.Person(person.id().toString(), person.name()),
        decision.hasCosineSimilarity() ? decision.getCosineSimilarity() : null,
        decision.getThreshold(),
        decision.getFpirAtGallerySize(),
        decision.getFramesUsed(),
        decision.hasBox() ? corners(decision.getBox()) : null,
        Instant.EPOCH.plus(decision.getTrace().getDecidedUs(), ChronoUnit.MICROS).toString(),
        Math.max(0, ChronoUnit.MILLIS.between(captured, clock.instant())));
  }

  /** Nothing that depends on who is enrolled, or how many: they are all the same to strangers. */
  private static BrowserMessage.Decision toldToStranger(BrowserMessage.Decision decision) {
    return new BrowserMessage.Decision(
        decision.id(),
        decision.camera(),
        decision.cameraName(),
        decision.trackId(),
        decision.outcome(),
        decision.reasons().stream().map(LiveRelay::toldToStranger).distinct().toList(),
        null,
        null,
        null,
        null,
        decision.framesUsed(),
        decision.box(),
        decision.at(),
        decision.latencyMs());
  }

  private static String toldToStranger(String reason) {
    return SAY_WHO_IS_ENROLLED.contains(reason) ? Reason.NOT_ENROLLED.name() : reason;
  }

  private static BrowserMessage message(Faces faces, boolean moveHead) {
    FrameRef frame = faces.getFrame();
    return new BrowserMessage.Faces(
        frame.getCameraId(),
        frame.getSequence(),
        frame.getWidthPx(),
        frame.getHeightPx(),
        faces.getFacesList().stream().map(LiveRelay::face).toList(),
        Names.of(faces.getProblemsList()),
        moveHead);
  }

  private static BrowserMessage.Face face(FaceCrop face) {
    return new BrowserMessage.Face(
        face.getTrackId(),
        corners(face.getBox()),
        face.getLandmarksList().stream()
            .map(point -> new float[] {point.getX(), point.getY()})
            .toList(),
        face.getQuality().getOverall(),
        Names.of(face.getQuality().getReasonsList()));
  }

  private static float[] corners(Box box) {
    return new float[] {box.getX1(), box.getY1(), box.getX2(), box.getY2()};
  }
}
