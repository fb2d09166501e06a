package io.facelogin.web.cameras;

import io.facelogin.contract.v1.Camera;
import io.facelogin.web.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A camera as the administrator wants it. What is left out gets its default.
 *
 * @param id letters, digits, dot, dash, underscore; made up if left out
 * @param address rtsp://, http(s)://, /dev/videoN, a clip or a folder of pictures, as the capture
 *     agent sees it
 * @param minFacePx smallest face worth looking for, 20 to 1000, default 60
 * @param maxFramesPerSecond 0.1 to 60, default 5
 */
record CameraPolicy(
    @Nullable String id,
    @Nullable String name,
    @Nullable String address,
    @Nullable Integer minFacePx,
    @Nullable Float maxFramesPerSecond,
    @Nullable Boolean enabled) {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_ADDRESS = 1_000;

  /**
   * @throws Problem naming what is wrong
   */
  Camera.Builder checked(String cameraId) {
    // Browsers and pictures over REST travel under these names: a camera must not be taken for one.
    if (!cameraId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
        || cameraId.startsWith("browser-")
        || cameraId.startsWith("rest-")) {
      throw Problem.badRequest(
          "A camera's id has up to 64 letters, digits, dots, dashes and underscores and begins"
              + " neither with browser- nor with rest-.");
    }
    String theName = text(name, "name", LONGEST_NAME);
    String theAddress = text(address, "address", LONGEST_ADDRESS);
    int face = minFacePx == null ? 60 : minFacePx;
    if (face < 20 || face > 1_000) {
      throw Problem.badRequest("minFacePx must be 20 to 1000, got " + face + ".");
    }
    float rate = maxFramesPerSecond == null ? 5 : maxFramesPerSecond;
    if (!(rate >= 0.1f && rate <= 60)) {
      throw Problem.badRequest("maxFramesPerSecond must be 0.1 to 60, got " + rate + ".");
    }
    return Camera.newBuilder()
        .setCameraId(cameraId)
        .setName(theName)
        .setAddress(theAddress)
        .setMinFacePx(face)
        .setMaxFramesPerSecond(rate)
        .setEnabled(enabled == null || enabled);
  }

  private static String text(@Nullable String value, String what, int longest) {
    String text = value == null ? "" : value.strip();
    if (text.isEmpty()
        || text.length() > longest
        || text.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badRequest(
          "A camera's " + what + " has 1 to " + longest + " characters and no control characters.");
    }
    return text;
  }
}
