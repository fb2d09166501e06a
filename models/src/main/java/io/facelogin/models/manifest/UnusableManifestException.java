package io.facelogin.models.manifest;

import java.util.List;

/** A manifest with faults, all of them named at once. The message is for people. */
public final class UnusableManifestException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusableManifestException(String origin, List<String> faults) {
    super("Manifest " + origin + " is unusable:\n  " + String.join("\n  ", faults));
  }

  private UnusableManifestException(String message) {
    super(message);
  }

  /** For a name that is neither known nor a path. */
  public static UnusableManifestException unknown(String name, List<String> known) {
    return new UnusableManifestException(
        "There is no network %s. Known are %s; the path of a manifest of your own ends in .yaml"
            .formatted(name, String.join(", ", known)));
  }
}
