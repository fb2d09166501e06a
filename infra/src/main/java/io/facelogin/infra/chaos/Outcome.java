package io.facelogin.infra.chaos;

import java.util.List;

/**
 * How a site stood one scenario.
 *
 * @param fault what happened to it
 * @param meanwhile what was seen while it lasted
 * @param recoverySeconds from the end of the fault until people were recognised again; -1 where the
 *     fault was not made or the site did not come back
 * @param broken what did not hold; empty if all did
 * @param skipped why the fault could not be made here; empty if it was
 */
public record Outcome(
    String scenario,
    String fault,
    String meanwhile,
    double recoverySeconds,
    List<String> broken,
    String skipped) {

  public Outcome {
    broken = List.copyOf(broken);
  }

  public boolean held() {
    return broken.isEmpty();
  }

  /** One row of the table in Markdown, under {@link #HEAD}. */
  public String row() {
    String result =
        !skipped.isEmpty()
            ? "not made: " + skipped
            : held() ? "held" : "BROKEN: " + String.join("; ", broken);
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            scenario,
            fault,
            meanwhile,
            recoverySeconds < 0 ? "" : "%.1f s".formatted(recoverySeconds),
            result);
  }

  public static final String HEAD =
      """
      | scenario | fault | while it lasts | serves again after | afterwards |
      |---|---|---|---:|---|""";
}
