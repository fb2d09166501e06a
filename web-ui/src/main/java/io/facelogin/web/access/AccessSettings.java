package io.facelogin.web.access;

import io.facelogin.web.audit.SettingsSnapshot;
import java.time.Duration;
import java.util.List;

/**
 * Who may reach the pages, how often and how long. Limits are for each address (of IPv6: each /64),
 * or each token where one is shown.
 *
 * @param hostNames names by which browsers may call this site, beside localhost, this machine's own
 *     name and plain addresses
 * @param loginTriesPerMinute for each address; twenty times as many for the whole site
 * @param enrolmentsPerTenMinutes of visitors, for each address; twenty times as many for the site
 * @param recognitionsPerMinute requests that make the networks work: identify, verify, enrol
 * @param wrongTokensPerMinute wrong tokens and wrong links; right ones are never refused
 * @param socketsPerAddress WebSockets at the same time
 * @param socketIdle after which a WebSocket that says nothing is closed
 * @param sessionIdle after which a session that asks nothing ends
 * @param sessionAtMost after which a session ends, whatever it does
 * @param pipeline further settings in effect, for the audit
 */
public record AccessSettings(
    List<String> hostNames,
    int loginTriesPerMinute,
    int enrolmentsPerTenMinutes,
    int recognitionsPerMinute,
    int wrongTokensPerMinute,
    int socketsPerAddress,
    Duration socketIdle,
    Duration sessionIdle,
    Duration sessionAtMost,
    SettingsSnapshot pipeline) {

  public AccessSettings {
    hostNames = List.copyOf(hostNames);
    atLeastOne("loginTriesPerMinute", loginTriesPerMinute);
    atLeastOne("enrolmentsPerTenMinutes", enrolmentsPerTenMinutes);
    atLeastOne("recognitionsPerMinute", recognitionsPerMinute);
    atLeastOne("wrongTokensPerMinute", wrongTokensPerMinute);
    atLeastOne("socketsPerAddress", socketsPerAddress);
    for (Duration time : List.of(socketIdle, sessionIdle, sessionAtMost)) {
      if (time.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("Times must be at least a second, got " + time);
      }
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }

  public static AccessSettings defaults() {
    return new AccessSettings(
        List.of(),
        30,
        20,
        1_200,
        10,
        40,
        Duration.ofMinutes(2),
        Duration.ofMinutes(30),
        Duration.ofHours(12),
        SettingsSnapshot.none());
  }

  /** What the operator says about the way to the pages. */
  public AccessSettings reachedBy(List<String> names, int newLoginTriesPerMinute) {
    return new AccessSettings(
        names,
        newLoginTriesPerMinute,
        enrolmentsPerTenMinutes,
        recognitionsPerMinute,
        wrongTokensPerMinute,
        socketsPerAddress,
        socketIdle,
        sessionIdle,
        sessionAtMost,
        pipeline);
  }

  public AccessSettings withPipeline(SettingsSnapshot newPipeline) {
    return new AccessSettings(
        hostNames,
        loginTriesPerMinute,
        enrolmentsPerTenMinutes,
        recognitionsPerMinute,
        wrongTokensPerMinute,
        socketsPerAddress,
        socketIdle,
        sessionIdle,
        sessionAtMost,
        newPipeline);
  }
}
