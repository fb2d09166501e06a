package io.facelogin.infra.cli;

import io.facelogin.models.quality.FaceQuality;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A network and a way to use it.
 *
 * @param model as the caller named it
 * @param alignment template of the crops
 * @param mirrored with the mirror image
 */
record Variant(String model, String alignment, boolean mirrored, Gate gate) {

  /** Which faces are let through. */
  record Gate(boolean goodOnly, double minQuality) {

    static final Gate NONE = new Gate(false, 0);

    boolean lets(FaceQuality quality) {
      return quality.overall() >= minQuality && (!goodOnly || quality.isGood());
    }

    @Override
    public String toString() {
      String least =
          minQuality > 0 ? String.format(Locale.ROOT, "quality at least %.2f", minQuality) : "";
      return goodOnly
          ? "nothing wrong with the face" + (least.isEmpty() ? "" : ", " + least)
          : least.isEmpty() ? "none" : least;
    }
  }

  /** Names it among others in a plot. */
  String label() {
    return Path.of(model).getFileName()
        + (alignment.contains("affine") ? ", " + alignment : "")
        + (mirrored ? "" : ", no mirror")
        + (gate.equals(Gate.NONE) ? "" : ", " + gate);
  }

  /** Whether faces look the same to it: only the gate differs. */
  boolean seesAs(Variant other) {
    return model.equals(other.model)
        && alignment.equals(other.alignment)
        && mirrored == other.mirrored;
  }
}
