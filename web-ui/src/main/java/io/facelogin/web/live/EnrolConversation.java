package io.facelogin.web.live;

import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Sample;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.web.enrolment.DialoguePolicy;
import io.facelogin.web.enrolment.EnrolmentDialogue;
import io.facelogin.web.enrolment.EnrolmentDialogue.Step;
import io.facelogin.web.enrolment.EnrolmentOutcome;
import io.facelogin.web.enrolment.Enrolments;
import io.facelogin.web.enrolment.NewPerson;
import io.facelogin.web.enrolment.ToldToStrangers;
import io.facelogin.web.kafka.PipelineAwayException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * One enrolment at the page: who it is, the dialogue about poses, the matcher's answer. Once the
 * samples are with the matcher, further frames are ignored until it has answered. Thread-safe.
 */
final class EnrolConversation {

  private static final String SOURCE = "webcam";

  private enum State {
    NOBODY,
    COLLECTING,
    JUDGING,
    DONE
  }

  private final EnrolmentDialogue dialogue;
  private final Enrolments enrolments;
  private final Outbox outbox;
  private final Executor workers;
  private final boolean forOperator;
  private State state = State.NOBODY;
  private @Nullable NewPerson person;

  /**
   * @param forOperator whoever enrols others is told that a face is enrolled already
   */
  EnrolConversation(
      LivenessSettings liveness,
      Enrolments enrolments,
      Outbox outbox,
      Executor workers,
      boolean forOperator) {
    this.dialogue = new EnrolmentDialogue(DialoguePolicy.defaults(), liveness);
    this.forOperator = forOperator;
    this.enrolments = enrolments;
    this.outbox = outbox;
    this.workers = workers;
  }

  /** Frames are worth sending on only now. */
  synchronized boolean isCollecting() {
    return state == State.COLLECTING;
  }

  synchronized void introduce(@Nullable String name, @Nullable String mail, boolean consent) {
    if (state == State.JUDGING || state == State.DONE) {
      return;
    }
    if (!consent) {
      outbox.send(
          new BrowserMessage.Enrolled(false, List.of(Reason.NO_CONSENT.name()), false, null));
      return;
    }
    try {
      person = NewPerson.of(name, mail);
      dialogue.restart();
      state = State.COLLECTING;
    } catch (IllegalArgumentException e) {
      outbox.send(new BrowserMessage.Failure(String.valueOf(e.getMessage())));
    }
  }

  synchronized void offer(Embeddings frame) {
    if (state != State.COLLECTING) {
      return;
    }
    Step step = dialogue.offer(frame);
    if (step instanceof Step.Guidance guidance) {
      outbox.send(
          new BrowserMessage.EnrolProgress(
              guidance.samples(),
              guidance.wanted(),
              guidance.pose(),
              guidance.hint(),
              Names.of(guidance.reasons())));
    } else if (step instanceof Step.Complete complete) {
      hand(complete.samples());
    } else if (step instanceof Step.Refused refused) {
      state = State.NOBODY;
      outbox.send(
          new BrowserMessage.Enrolled(false, List.of(refused.reason().name()), false, null));
    }
  }

  /** The person wants no more poses. */
  synchronized void finish() {
    if (state == State.COLLECTING) {
      dialogue
          .finish()
          .ifPresentOrElse(
              this::hand,
              () ->
                  outbox.send(
                      new BrowserMessage.Failure("A few more good views are needed first.")));
    }
  }

  /** The same person from the beginning. */
  synchronized void retry() {
    if (person != null && state != State.JUDGING && state != State.DONE) {
      dialogue.restart();
      state = State.COLLECTING;
    }
  }

  private void hand(List<Sample> samples) {
    NewPerson who = person;
    if (who != null) {
      state = State.JUDGING;
      workers.execute(() -> judge(who, samples));
    }
  }

  private void judge(NewPerson who, List<Sample> samples) {
    try {
      EnrolmentOutcome judged = enrolments.enrol(who, SOURCE, samples, false, false);
      EnrolmentOutcome outcome =
          forOperator ? judged : ToldToStrangers.of(judged, who, samples.size());
      if (outcome instanceof EnrolmentOutcome.Enrolled enrolled) {
        ended(State.DONE);
        outbox.send(
            new BrowserMessage.Enrolled(
                true,
                List.of(),
                enrolled.person().weak(),
                new BrowserMessage.Person(
                    enrolled.person().id().toString(), enrolled.person().name())));
      } else if (outcome instanceof EnrolmentOutcome.Refused refused) {
        ended(State.NOBODY);
        // Who the duplicate is, only the administrator may know.
        outbox.send(new BrowserMessage.Enrolled(false, Names.of(refused.reasons()), false, null));
      }
    } catch (PipelineAwayException e) {
      ended(State.NOBODY);
      outbox.send(new BrowserMessage.Failure(String.valueOf(e.getMessage())));
    } catch (DataAccessException e) {
      ended(State.NOBODY);
      outbox.send(
          new BrowserMessage.Failure(
              "The database does not answer. Nobody was enrolled; try again when it is back."));
    }
  }

  private synchronized void ended(State now) {
    state = now;
  }
}
