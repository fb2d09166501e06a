package io.facelogin.web.live;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.facelogin.web.enrolment.Hint;
import io.facelogin.web.enrolment.Pose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a browser is told, as JSON with the property {@code type}. Times are ISO-8601 in UTC. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BrowserMessage.Session.class, name = "session"),
  @JsonSubTypes.Type(value = BrowserMessage.Faces.class, name = "faces"),
  @JsonSubTypes.Type(value = BrowserMessage.Decision.class, name = "decision"),
  @JsonSubTypes.Type(value = BrowserMessage.Challenge.class, name = "challenge"),
  @JsonSubTypes.Type(value = BrowserMessage.EnrolProgress.class, name = "enrolProgress"),
  @JsonSubTypes.Type(value = BrowserMessage.Enrolled.class, name = "enrolled"),
  @JsonSubTypes.Type(value = BrowserMessage.Camera.class, name = "camera"),
  @JsonSubTypes.Type(value = BrowserMessage.Failure.class, name = "error")
})
public sealed interface BrowserMessage {

  /** The first message of a connection. */
  record Session(String sessionId, String purpose, int maxFrameBytes, int minFacePx)
      implements BrowserMessage {}

  /**
   * What was found in one frame; problems are those of the frame as a whole.
   *
   * @param moveHead the check for life waits for the head to move a little; log-in page only
   */
  record Faces(
      String camera,
      long sequence,
      int widthPx,
      int heightPx,
      List<Face> faces,
      List<String> problems,
      boolean moveHead)
      implements BrowserMessage {}

  /**
   * @param box x1, y1, x2, y2 in pixels of the frame
   * @param quality 0 to 1
   */
  record Face(
      long trackId, float[] box, List<float[]> landmarks, float quality, List<String> reasons) {}

  /**
   * What the person who logs in has to do, and how far it is. The matcher judges whether it was
   * done; this is for the page.
   *
   * @param acts in their order
   * @param done how many of them are
   * @param wanted now: an act, LOOK_STRAIGHT or DONE
   * @param leftMs until it is too late
   * @param timeMs that there was
   * @param why it is asked for
   */
  record Challenge(
      List<String> acts, int done, String wanted, long leftMs, long timeMs, ChallengeCause why)
      implements BrowserMessage {

    static final String LOOK_STRAIGHT = "LOOK_STRAIGHT";
    static final String DONE = "DONE";
  }

  record Person(String id, String name) {}

  /**
   * @param similarity null if nothing was compared, and for a stranger at the log-in page: who sees
   *     how near a try came can climb
   * @param threshold null for a stranger at the log-in page, since it tells how many are enrolled
   * @param fpir null likewise
   * @param box null if the frame had no face
   * @param latencyMs from capture to this message
   */
  record Decision(
      String id,
      String camera,
      String cameraName,
      long trackId,
      String outcome,
      List<String> reasons,
      @Nullable Person person,
      @Nullable Float similarity,
      @Nullable Float threshold,
      @Nullable Double fpir,
      int framesUsed,
      float @Nullable [] box,
      String at,
      long latencyMs)
      implements BrowserMessage {}

  record EnrolProgress(int samples, int wanted, Pose pose, Hint hint, List<String> reasons)
      implements BrowserMessage {}

  record Enrolled(boolean accepted, List<String> reasons, boolean weak, @Nullable Person person)
      implements BrowserMessage {}

  /**
   * @param lagMs age of the newest frame when its faces were known; null while none came
   */
  record Camera(
      String id,
      String name,
      String state,
      String message,
      @Nullable String since,
      float framesPerSecond,
      @Nullable Long lagMs)
      implements BrowserMessage {}

  /** Something the person should know; the connection goes on. */
  record Failure(String message) implements BrowserMessage {}
}
