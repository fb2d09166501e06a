package io.facelogin.web.identify;

import io.facelogin.contract.v1.Reason;
import io.facelogin.models.Embedding;
import io.facelogin.models.picture.UnusablePictureException;
import io.facelogin.web.WebSettings;
import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Do two pictures show the same person? Nobody needs to be enrolled, so the matcher is not asked.
 */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "identify")
class VerifyController {

  private final PictureReading reading;
  private final WebSettings settings;

  VerifyController(PictureReading reading, WebSettings settings) {
    this.reading = reading;
    this.settings = settings;
  }

  /**
   * @param similarity cosine, -1 to 1
   * @param livenessChecked false: whether a single picture shows a living person, nobody can tell
   */
  record Verdict(
      boolean same, float similarity, float threshold, String model, boolean livenessChecked) {}

  @Operation(
      summary = "Says whether two pictures show the same person, by their largest faces",
      description =
          "Pictures cannot be checked for life: livenessChecked is always false. 422 where the"
              + " operator refuses single pictures.")
  @PostMapping(path = "/verify", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Verdict verify(@RequestParam(required = false) @Nullable List<MultipartFile> files) {
    Uploads.requireAllowed(settings.liveness());
    List<MultipartFile> two = Uploads.checked(files);
    if (two.size() != 2) {
      throw Problem.badRequest(
          "Send exactly two pictures as parts \"files\"; these are " + two.size() + ".");
    }
    Embedding first = embedding(two.get(0));
    Embedding second = embedding(two.get(1));
    float similarity = first.cosineSimilarity(second);
    return new Verdict(
        similarity >= settings.verificationThreshold(),
        similarity,
        settings.verificationThreshold(),
        first.model().value(),
        false);
  }

  private Embedding embedding(MultipartFile file) {
    String image = Uploads.name(file);
    try {
      return MainFace.of(reading.read(Uploads.bytes(file), settings.minFacePx()).faces())
          .orElseThrow(
              () -> Problem.refused("No face was found in " + image + ".", List.of(Reason.NO_FACE)))
          .face()
          .embedding();
    } catch (UnusablePictureException e) {
      throw Problem.refused(image + ": " + e.getMessage(), List.of(Reason.BAD_FRAME));
    }
  }
}
