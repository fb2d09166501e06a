package io.facelogin.models.manifest;

import java.util.List;

/** A manifest with faults, all of them named at once. The message is for people. */
public final class UnusableManifestException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusableManifestException(String origin, List<String> faults) {
    super("Manifest " + origin + " is unusable:\n  " + String.join("\n  ", faults));
  }
}
