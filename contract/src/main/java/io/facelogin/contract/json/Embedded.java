package io.facelogin.contract.json;

/** What {@code embed} prints for one picture. */
public sealed interface Embedded permits EmbeddedPicture, UnusablePicture {

  /** As the caller named it. */
  String image();
}
