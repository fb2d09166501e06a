package io.facelogin.web.identify;

import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Reason;
import io.facelogin.models.EncodedFace;
import io.facelogin.models.picture.UnusablePictureException;
import io.facelogin.web.WebSettings;
import io.facelogin.web.identify.PictureReading.Read;
import io.facelogin.web.kafka.Answers;
import io.facelogin.web.people.Person;
import io.facelogin.web.people.PersonRepository;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Who is on these pictures? The matcher decides, as for every camera. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "identify")
class IdentifyController {

  private final PictureReading reading;
  private final Probes probes;
  private final PersonRepository people;
  private final WebSettings settings;

  IdentifyController(
      PictureReading reading, Probes probes, PersonRepository people, WebSettings settings) {
    this.reading = reading;
    this.probes = probes;
    this.people = people;
    this.settings = settings;
  }

  /** One entry of the answer. */
  sealed interface Answer permits Identified, Unreadable {}

  record Who(String id, String name) {}

  /**
   * @param similarity of the best person, whoever it is; null if nothing was compared
   * @param reason the first of the reasons
   * @param livenessChecked false: whether a single picture shows a living person, nobody can tell
   */
  record Identified(
      String image,
      String decision,
      @Nullable Who person,
      @Nullable Float similarity,
      float threshold,
      String reason,
      List<String> reasons,
      boolean livenessChecked)
      implements Answer {}

  record Unreadable(String image, String error) implements Answer {}

  private record Picture(String image, @Nullable Read read, @Nullable String error) {}

  @Operation(
      summary = "Says who is on each picture, or with together=true on all of them",
      description =
          "The largest face of each picture counts. A picture that cannot be read has the property"
              + " error, the others go on. A picture cannot be checked for life: livenessChecked is"
              + " always false, and no door should open by this answer alone. 422 where the"
              + " operator refuses single pictures.")
  @PostMapping(path = "/identify", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  List<Answer> identify(
      @RequestParam(required = false) @Nullable List<MultipartFile> files,
      @RequestParam(defaultValue = "false") boolean together) {
    Uploads.requireAllowed(settings.liveness());
    List<Picture> pictures = Uploads.checked(files).stream().map(this::picture).toList();
    return together ? together(pictures) : each(pictures);
  }

  private Picture picture(MultipartFile file) {
    String image = Uploads.name(file);
    try {
      return new Picture(image, reading.read(Uploads.bytes(file), settings.minFacePx()), null);
    } catch (UnusablePictureException e) {
      return new Picture(image, null, e.getMessage());
    }
  }

  private List<Answer> each(List<Picture> pictures) {
    // All are asked before the first answer is awaited.
    List<Answers<Decision>.Expected> asked = new ArrayList<>();
    try {
      for (Picture picture : pictures) {
        Read read = picture.read();
        if (read != null) {
          asked.add(ask(main(read), read));
        }
      }
      List<Answer> answers = new ArrayList<>();
      var expected = asked.iterator();
      for (Picture picture : pictures) {
        answers.add(
            picture.read() == null
                ? unreadable(picture)
                : identified(picture.image(), expected.next()));
      }
      return answers;
    } finally {
      asked.forEach(Answers.Expected::close);
    }
  }

  private List<Answer> together(List<Picture> pictures) {
    List<Answer> answers = new ArrayList<>();
    List<EncodedFace> faces = new ArrayList<>();
    List<Picture> readable = pictures.stream().filter(p -> p.read() != null).toList();
    Read last = null;
    for (Picture picture : readable) {
      last = picture.read();
      if (last != null) {
        faces.addAll(main(last));
      }
    }
    if (last != null) {
      String images = readable.stream().map(Picture::image).collect(Collectors.joining(", "));
      try (var expected = ask(faces, last)) {
        answers.add(identified(images, expected));
      }
    }
    pictures.stream()
        .filter(picture -> picture.read() == null)
        .map(IdentifyController::unreadable)
        .forEach(answers::add);
    return answers;
  }

  private Answers<Decision>.Expected ask(List<EncodedFace> faces, Read read) {
    return probes.ask(faces, reading.encoderModel().value(), read.widthPx(), read.heightPx());
  }

  private static List<EncodedFace> main(Read read) {
    return MainFace.of(read.faces()).map(MainFace::face).stream().toList();
  }

  private static Answer unreadable(Picture picture) {
    return new Unreadable(picture.image(), String.valueOf(picture.error()));
  }

  private Answer identified(String image, Answers<Decision>.Expected expected) {
    Decision decision = expected.await(settings.answerTimeout());
    Optional<Person> person =
        decision.getOutcome() == Outcome.ACCEPTED
            ? people.enrolled(UUID.fromString(decision.getPersonId()))
            : Optional.empty();
    // The matcher knew somebody whom the table does not: erased a moment ago.
    boolean gone = decision.getOutcome() == Outcome.ACCEPTED && person.isEmpty();
    List<String> reasons =
        gone
            ? List.of(Reason.NOT_ENROLLED.name())
            : decision.getReasonsList().stream().map(Reason::name).toList();
    return new Identified(
        image,
        gone ? Outcome.UNKNOWN.name() : decision.getOutcome().name(),
        person.map(found -> new Who(found.id().toString(), found.name())).orElse(null),
        decision.hasCosineSimilarity() ? decision.getCosineSimilarity() : null,
        decision.getThreshold(),
        reasons.isEmpty() ? "" : reasons.get(0),
        reasons,
        false);
  }
}
