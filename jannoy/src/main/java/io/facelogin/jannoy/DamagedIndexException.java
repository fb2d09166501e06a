package io.facelogin.jannoy;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is no index of this metric and dimension: cut off, damaged, or made with others.
 * Build it again.
 */
public final class DamagedIndexException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedIndexException(Path file, NodeLayout layout, String what) {
    super(
        file
            + " is no "
            + layout.metric().name().toLowerCase(java.util.Locale.ROOT)
            + " index of dimension "
            + layout.dimension()
            + ": "
            + what);
  }
}
