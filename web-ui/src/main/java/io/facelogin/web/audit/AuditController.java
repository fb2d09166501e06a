package io.facelogin.web.audit;

import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit, for administrators: page by page, all of it as a file, judged, and cut. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "audit")
class AuditController {

  private static final int PAGE_SIZE = 50;

  /** What is younger stays, whatever is asked: nobody shall cut off what he has just done. */
  private static final Duration STAYS = Duration.ofDays(30);

  private final AuditRepository entries;
  private final AuditTrail audit;
  private final JsonMapper json;
  private final Clock clock;

  AuditController(AuditRepository entries, AuditTrail audit, JsonMapper json, Clock clock) {
    this.entries = entries;
    this.audit = audit;
    this.json = json;
    this.clock = clock;
  }

  /**
   * @param actorName what the token is called that it was done with, if it was one
   */
  record Entry(
      long number,
      Instant at,
      String actor,
      @Nullable String actorName,
      String action,
      @Nullable String subject,
      JsonNode details,
      String sha256) {}

  /**
   * @param head hash of the newest entry of all, to be kept elsewhere
   * @param actions all that stand in the audit
   */
  record Page(
      List<Entry> entries, int total, int page, int pageSize, String head, List<String> actions) {}

  record Cut(int entriesCut) {}

  @Operation(
      summary = "Lists what was done and decided, newest first",
      description =
          "actor is administrator, operator, viewer, person, visitor, matcher or system, or one of"
              + " them with its id; subject an id; from and to ISO-8601.")
  @GetMapping
  Page list(
      @RequestParam(defaultValue = "") String actor,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "0") int page) {
    int number = Math.min(Math.max(page, 0), 1_000_000);
    AuditFilter filter = filter(actor, action, subject, from, to);
    return new Page(
        entries.find(filter, number * PAGE_SIZE, PAGE_SIZE).stream().map(this::entry).toList(),
        entries.count(filter),
        number,
        PAGE_SIZE,
        entries.head().map(AuditEntry::sha256).orElse(AuditChain.ZEROS),
        entries.actions());
  }

  @Operation(
      summary = "Walks the whole chain and says whether it is intact",
      description = "head is a hash kept from an earlier day, which must still be in the chain.")
  @GetMapping("/verify")
  AuditChain.Finding verify(@RequestParam(defaultValue = "") String head) {
    String wanted = head.strip().toLowerCase(Locale.ROOT);
    if (!wanted.isEmpty() && !wanted.matches("[0-9a-f]{64}")) {
      throw Problem.badRequest("head must be 64 hexadecimal digits, got \"" + head + "\".");
    }
    AuditChain chain = new AuditChain(wanted.isEmpty() ? null : wanted);
    entries.forEach(new AuditFilter(null, null, null, null, null), chain::add);
    return chain.finding();
  }

  @Operation(
      summary = "Exports the same selection, an object a line, oldest first",
      description = "The whole of it can be verified elsewhere: face-login audit verify --export.")
  @GetMapping("/export.jsonl")
  void export(
      @RequestParam(defaultValue = "") String actor,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      HttpServletResponse response)
      throws IOException {
    AuditFilter filter = filter(actor, action, subject, from, to);
    audit.write("audit-exported", null);
    response.setContentType("application/jsonl");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=audit.jsonl");
    PrintWriter out = response.getWriter();
    entries.forEach(filter, entry -> out.print(json.writeValueAsString(entry) + "\n"));
    out.flush();
  }

  @Operation(
      summary = "Cuts off entries before a time",
      description =
          "An entry says where, so that the rest stays verifiable. The newest 30 days always stay.")
  @PostMapping("/cut")
  Cut cut(@RequestParam Instant before) {
    Instant latest = clock.instant().minus(STAYS);
    if (before.isAfter(latest)) {
      throw Problem.badRequest(
          "before must be at least " + STAYS.toDays() + " days ago, got " + before + ".");
    }
    return new Cut(entries.cut(before));
  }

  private static AuditFilter filter(
      String actor, String action, String subject, @Nullable Instant from, @Nullable Instant to) {
    return new AuditFilter(orNull(actor), orNull(action), orNull(subject), from, to);
  }

  private static @Nullable String orNull(String text) {
    return text.isBlank() ? null : text.strip();
  }

  private Entry entry(AuditRepository.Shown shown) {
    AuditEntry entry = shown.entry();
    return new Entry(
        entry.number(),
        entry.at(),
        entry.actor(),
        shown.actorName(),
        entry.action(),
        entry.subject(),
        json.readTree(entry.details()),
        entry.sha256());
  }
}
