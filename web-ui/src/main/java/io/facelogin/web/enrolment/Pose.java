package io.facelogin.web.enrolment;

/** Which way a head points, as the person means it: LEFT is towards the own left hand. */
public enum Pose {
  FRONT,
  LEFT,
  RIGHT,
  UP,
  DOWN
}
