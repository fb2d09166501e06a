package io.facelogin.web.audit;

import io.facelogin.web.WebSettings;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes every start down with the settings in effect, in full where they are not those of the
 * start before, and logs the head of the chain once a day: only a head that was kept elsewhere
 * shows that the newest entries were cut off.
 */
@Component
class AuditOfStart {

  static final String STARTED = "site-started";
  static final String SETTINGS_CHANGED = "settings-changed";

  private static final Logger LOG = LoggerFactory.getLogger(AuditOfStart.class);

  private final AuditTrail audit;
  private final AuditRepository entries;
  private final WebSettings settings;
  private final JsonMapper json;

  AuditOfStart(AuditTrail audit, AuditRepository entries, WebSettings settings, JsonMapper json) {
    this.audit = audit;
    this.entries = entries;
    this.settings = settings;
    this.json = json;
  }

  @EventListener(ApplicationReadyEvent.class)
  void started() {
    writeDown();
    logHead();
  }

  private void writeDown() {
    SettingsSnapshot inEffect = SettingsSnapshot.of(settings);
    String hash = inEffect.sha256();
    Optional<String> before =
        entries
            .newestDetails(STARTED)
            .map(json::readTree)
            .map((JsonNode details) -> details.path("settingsSha256").asString(""));
    if (!before.equals(Optional.of(hash))) {
      audit.write(
          AuditTrail.SYSTEM,
          SETTINGS_CHANGED,
          null,
          Map.of("settingsSha256", hash, "settings", inEffect.values()));
    }
    audit.write(AuditTrail.SYSTEM, STARTED, null, Map.of("settingsSha256", hash));
  }

  @Scheduled(cron = "0 0 0 * * *")
  void logHead() {
    try {
      entries
          .head()
          .ifPresent(head -> LOG.info("Audit: {} entries, head {}", head.number(), head.sha256()));
    } catch (DataAccessException e) {
      LOG.warn("Audit: the database is away, no head today");
    }
  }
}
