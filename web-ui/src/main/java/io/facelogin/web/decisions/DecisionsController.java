package io.facelogin.web.decisions;

import io.facelogin.contract.v1.Outcome;
import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.cameras.CameraBoard;
import io.facelogin.web.decisions.DecisionRepository.Shown;
import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was decided, for viewers page by page, for operators all as CSV. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "decisions")
class DecisionsController {

  private static final int PAGE_SIZE = 50;

  private final DecisionRepository decisions;
  private final CameraBoard cameras;
  private final AuditTrail audit;

  DecisionsController(DecisionRepository decisions, CameraBoard cameras, AuditTrail audit) {
    this.decisions = decisions;
    this.cameras = cameras;
    this.audit = audit;
  }

  record Who(String id, String name) {}

  /** As the WebSocket shows it, where both have it. */
  record Entry(
      String id,
      String camera,
      String cameraName,
      long trackId,
      int revision,
      String purpose,
      String outcome,
      List<String> reasons,
      @Nullable Who person,
      @Nullable Float similarity,
      float threshold,
      double fpir,
      int galleryPeople,
      int framesUsed,
      Instant capturedAt,
      Instant at) {}

  record Page(List<Entry> decisions, int total, int page, int pageSize) {}

  @Operation(
      summary = "Lists decisions, newest first",
      description = "person is an id; outcome ACCEPTED, REJECTED or UNKNOWN; from and to ISO-8601.")
  @GetMapping("/decisions")
  Page list(
      @RequestParam(defaultValue = "") String camera,
      @RequestParam(defaultValue = "") String person,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "0") int page) {
    int number = Math.min(Math.max(page, 0), 1_000_000);
    DecisionFilter filter = filter(camera, person, outcome, from, to);
    return new Page(
        decisions.find(filter, number * PAGE_SIZE, PAGE_SIZE).stream().map(this::entry).toList(),
        decisions.count(filter),
        number,
        PAGE_SIZE);
  }

  @Operation(summary = "Exports the same selection as CSV")
  @GetMapping(path = "/decisions.csv")
  void export(
      @RequestParam(defaultValue = "") String camera,
      @RequestParam(defaultValue = "") String person,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      HttpServletResponse response)
      throws IOException {
    DecisionFilter filter = filter(camera, person, outcome, from, to);
    audit.write("decisions-exported", null);
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=decisions.csv");
    PrintWriter out = response.getWriter();
    out.print(Csv.HEADER);
    decisions.forEach(filter, shown -> out.print(Csv.line(shown)));
    out.flush();
  }

  private static DecisionFilter filter(
      String camera, String person, String outcome, @Nullable Instant from, @Nullable Instant to) {
    return new DecisionFilter(
        camera.isBlank() ? null : camera,
        person.isBlank() ? null : personId(person),
        outcome.isBlank() ? null : outcome(outcome),
        from,
        to);
  }

  private static UUID personId(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("person must be a person's id, got \"" + text + "\".");
    }
  }

  private static String outcome(String text) {
    try {
      return Outcome.valueOf(text).name();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(
          "outcome must be ACCEPTED, REJECTED or UNKNOWN, got \"" + text + "\".");
    }
  }

  private Entry entry(Shown shown) {
    DecisionRow row = shown.decision();
    UUID person = row.personId();
    return new Entry(
        row.id(),
        row.cameraId(),
        cameras.name(row.cameraId()),
        row.trackId(),
        row.revision(),
        row.purpose(),
        row.outcome(),
        row.reasons(),
        person == null ? null : new Who(person.toString(), String.valueOf(shown.personName())),
        row.cosineSimilarity(),
        row.threshold(),
        row.fpirAtGallerySize(),
        row.galleryPeople(),
        row.framesUsed(),
        row.capturedAt(),
        row.decidedAt());
  }
}
