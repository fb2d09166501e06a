package io.facelogin.contract;

/** Names one camera. */
public record CameraId(String value) {

  public CameraId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A camera id must not be blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
