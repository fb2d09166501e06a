package io.facelogin.web.decisions;

import io.facelogin.web.decisions.DecisionRepository.Shown;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decisions as CSV (RFC 4180). */
final class Csv {

  static final String HEADER =
      "id,at,camera,track,revision,purpose,outcome,reasons,person_id,person_name,similarity,"
          + "threshold,fpir,gallery_people,frames_used\r\n";

  private Csv() {}

  static String line(Shown shown) {
    DecisionRow row = shown.decision();
    return Arrays.asList(
                row.id(),
                row.decidedAt(),
                row.cameraId(),
                row.trackId(),
                row.revision(),
                row.purpose(),
                row.outcome(),
                String.join(" ", row.reasons()),
                row.personId(),
                shown.personName(),
                row.cosineSimilarity(),
                row.threshold(),
                row.fpirAtGallerySize(),
                row.galleryPeople(),
                row.framesUsed())
            .stream()
            .map(Csv::field)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /** Quoted where needed. Text that a spreadsheet would take for a formula gets an apostrophe. */
  static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (value instanceof String && text.matches("(?s)[=+\\-@\\t\\r].*")) {
      text = "'" + text;
    }
    return text.matches("(?s).*[\",\\r\\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
