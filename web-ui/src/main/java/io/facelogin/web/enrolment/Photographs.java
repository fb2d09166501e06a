package io.facelogin.web.enrolment;

import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Sample;
import io.facelogin.models.EncodedFace;
import io.facelogin.models.picture.UnusablePictureException;
import io.facelogin.web.WebSettings;
import io.facelogin.web.identify.MainFace;
import io.facelogin.web.identify.OnTheWire;
import io.facelogin.web.identify.PictureReading;
import io.facelogin.web.identify.Uploads;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/**
 * Samples from photographs. Those that cannot be used are left out and named with the reason; one
 * face must be the only large one and good.
 */
@Component
class Photographs {

  private final PictureReading reading;
  private final WebSettings settings;
  private final Clock clock;

  Photographs(PictureReading reading, WebSettings settings, Clock clock) {
    this.reading = reading;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A photograph that gave no sample.
   *
   * @param error why it cannot be read; null if it can
   */
  record LeftOut(String image, List<String> reasons, @Nullable String error) {}

  /**
   * @param reasons of all that were left out, each once
   */
  record Judged(List<Sample> samples, List<LeftOut> leftOut, List<Reason> reasons) {}

  Judged judge(List<MultipartFile> files, String source) {
    List<Sample> samples = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Set<Reason> reasons = new LinkedHashSet<>();
    for (MultipartFile file : files) {
      String image = Uploads.name(file);
      List<Reason> wrong;
      String error = null;
      try {
        var read = reading.read(Uploads.bytes(file), settings.minFacePx());
        Optional<MainFace> face = MainFace.of(read.faces());
        wrong = faults(face);
        if (wrong.isEmpty() && face.isPresent()) {
          samples.add(sample(face.get().face(), source));
        }
      } catch (UnusablePictureException e) {
        wrong = List.of(Reason.BAD_FRAME);
        error = e.getMessage();
      }
      if (!wrong.isEmpty()) {
        leftOut.add(new LeftOut(image, wrong.stream().map(Reason::name).toList(), error));
        reasons.addAll(wrong);
      }
    }
    return new Judged(samples, leftOut, List.copyOf(reasons));
  }

  private static List<Reason> faults(Optional<MainFace> face) {
    if (face.isEmpty()) {
      return List.of(Reason.NO_FACE);
    }
    if (!face.get().alone()) {
      return List.of(Reason.SEVERAL_FACES);
    }
    return face.get().face().found().quality().reasons();
  }

  private Sample sample(EncodedFace face, String source) {
    Sample.Builder sample =
        Sample.newBuilder()
            .setModelId(face.embedding().model().value())
            .setQuality(OnTheWire.quality(face.found().quality()))
            .setSource(source)
            .setCapturedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    for (float value : face.embedding().vector()) {
      sample.addVector(value);
    }
    return sample.build();
  }
}
