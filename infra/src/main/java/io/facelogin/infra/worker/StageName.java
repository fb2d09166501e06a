package io.facelogin.infra.worker;

import java.util.Locale;

/** The stages that can run alone, by the word that people type. */
public enum StageName {
  CAPTURE,
  DETECTOR,
  ENCODER,
  MATCHER,
  WEB;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
