package io.facelogin.web.enrolment;

/** What to tell the person next; where it is IMPROVE, the reasons say what is wrong. */
public enum Hint {
  SHOW_FACE,
  ONE_FACE_ONLY,
  IMPROVE,
  LOOK_STRAIGHT,
  TURN_LEFT,
  TURN_RIGHT,
  LOOK_UP,
  LOOK_DOWN;

  static Hint towards(Pose pose) {
    return switch (pose) {
      case FRONT -> LOOK_STRAIGHT;
      case LEFT -> TURN_LEFT;
      case RIGHT -> TURN_RIGHT;
      case UP -> LOOK_UP;
      case DOWN -> LOOK_DOWN;
    };
  }
}
