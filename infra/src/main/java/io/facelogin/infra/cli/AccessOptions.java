package io.facelogin.infra.cli;

import io.facelogin.web.access.AccessSettings;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about who may reach the pages. */
final class AccessOptions {

  @Option(
      names = "--host-name",
      split = Settings.LIST_SEPARATOR,
      paramLabel = "NAME",
      description =
          "name by which browsers call this site, beside localhost, this machine's own name and"
              + " plain addresses; any other name is refused; repeatable")
  private List<String> hostNames = List.of();

  @Option(
      names = "--login-tries",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "tries to log in that one address has each minute, the whole site twenty times as many"
              + " (default: ${DEFAULT-VALUE})")
  private int loginTries;

  /** Whoever may enrol. */
  enum Enrolling {
    VISITORS,
    OPERATORS
  }

  @Option(
      names = "--enrolment",
      paramLabel = "BY",
      defaultValue = "visitors",
      description =
          "visitors: whoever reaches the pages may enrol; operators: only who has their token"
              + " (default: ${DEFAULT-VALUE})")
  private Enrolling enrolment;

  boolean isEnrolmentOpen() {
    return enrolment == Enrolling.VISITORS;
  }

  AccessSettings settings() {
    try {
      return AccessSettings.defaults().reachedBy(hostNames, loginTries);
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }
}
