package io.facelogin.infra.cli;

import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads pictures from disk. Every fault of the file becomes one line for people. */
final class PictureFile {

  private static final long MOST_BYTES = 64L << 20;

  private PictureFile() {}

  /**
   * @return the upright picture, which the caller closes
   */
  static Picture read(Path file) throws UnusablePictureException {
    return PictureReader.read(bytes(file));
  }

  static byte[] bytes(Path file) throws UnusablePictureException {
    if (!Files.exists(file)) {
      throw new UnusablePictureException("There is no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new UnusablePictureException("Not a file");
    }
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new UnusablePictureException(
            "Too large: " + (size >> 20) + " MB, at most " + (MOST_BYTES >> 20) + " MB are read");
      }
      return Files.readAllBytes(file);
    } catch (AccessDeniedException e) {
      throw new UnusablePictureException("No permission to read it");
    } catch (IOException e) {
      throw new UnusablePictureException("Cannot be read: " + e);
    }
  }
}
