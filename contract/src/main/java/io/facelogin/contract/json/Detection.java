package io.facelogin.contract.json;

/** One entry of the list that {@code detect} prints. */
public sealed interface Detection permits DetectedPicture, UnusablePicture {

  /** As the caller named it. */
  String image();
}
