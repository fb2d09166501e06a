package io.facelogin.web.identify;

import io.facelogin.contract.v1.Reason;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.web.problem.Problem;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** Files of a multipart request. */
public final class Uploads {

  private static final int MOST_FILES = 50;

  private Uploads() {}

  /**
   * @throws Problem if there are none, or too many
   */
  public static List<MultipartFile> checked(@Nullable List<MultipartFile> files) {
    if (files == null || files.isEmpty()) {
      throw Problem.badRequest("Send at least one picture as the part \"files\".");
    }
    if (files.size() > MOST_FILES) {
      throw Problem.badRequest(
          "At most " + MOST_FILES + " pictures at once; these are " + files.size() + ".");
    }
    return files;
  }

  /**
   * @throws Problem if the operator takes no single pictures
   */
  static void requireAllowed(LivenessSettings liveness) {
    if (!liveness.stills()) {
      throw Problem.refused(
          "This site compares no single pictures, for nobody can tell whether they show a living"
              + " person (--stills refuse). Log in before a camera.",
          List.of(Reason.CHECK_MISSING));
    }
  }

  /** The file's name without folders; whatever the sender called it. */
  public static String name(MultipartFile file) {
    String sent = file.getOriginalFilename();
    if (sent == null || sent.isBlank()) {
      return "picture";
    }
    return sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
  }

  public static byte[] bytes(MultipartFile file) {
    try {
      return file.getBytes();
    } catch (IOException e) {
      throw Problem.badRequest("The upload of " + name(file) + " broke off.");
    }
  }
}
