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

  AccessSettings settings() {
    try {
      return AccessSettings.defaults().reachedBy(hostNames, loginTries);
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }
}
