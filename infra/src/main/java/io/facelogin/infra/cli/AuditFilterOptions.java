package io.facelogin.infra.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which entries of the audit are wanted; without any of these, all. */
final class AuditFilterOptions {

  @Option(
      names = "--actor",
      paramLabel = "WHO",
      description =
          "administrator, operator, viewer, person, visitor, matcher or system; or with its id, as"
              + " operator:ID")
  private @Nullable String actor;

  @Option(
      names = "--action",
      paramLabel = "WHAT",
      description = "such as decision-made, person-erased, token-made, settings-changed")
  private @Nullable String action;

  @Option(
      names = "--subject",
      paramLabel = "ID",
      description = "id of a person, camera, token or decision")
  private @Nullable String subject;

  @Option(names = "--from", paramLabel = "TIME", description = "ISO-8601 with zone")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "ISO-8601 with zone, excluded")
  private @Nullable Instant to;

  /** For the address, each condition with an ampersand after it. */
  String query() {
    Map<String, Object> wanted = new LinkedHashMap<>();
    put(wanted, "actor", actor);
    put(wanted, "action", action);
    put(wanted, "subject", subject);
    put(wanted, "from", from);
    put(wanted, "to", to);
    return wanted.entrySet().stream()
        .map(condition -> condition.getKey() + "=" + AuditCommand.encoded(condition.getValue()))
        .map(condition -> condition + "&")
        .collect(Collectors.joining());
  }

  private static void put(Map<String, Object> wanted, String name, @Nullable Object value) {
    if (value != null) {
      wanted.put(name, value);
    }
  }
}
