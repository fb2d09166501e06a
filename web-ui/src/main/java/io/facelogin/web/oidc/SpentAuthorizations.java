package io.facelogin.web.oidc;

import io.facelogin.web.WebSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes what was issued once all of it has run out; id tokens are good for a log-out longer. */
@Component
class SpentAuthorizations {

  private static final Logger LOG = LoggerFactory.getLogger(SpentAuthorizations.class);

  /** As long as the log-in that an id token can end. */
  private static final Duration KEPT = Duration.ofHours(12);

  private final JdbcClient jdbc;
  private final Duration kept;
  private final Clock clock;

  SpentAuthorizations(JdbcClient jdbc, WebSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.kept = KEPT.plus(settings.tokens().lifetime());
    this.clock = clock;
  }

  @Scheduled(fixedRate = 10, initialDelay = 10, timeUnit = TimeUnit.MINUTES)
  void remove() {
    try {
      jdbc.sql("delete from oauth2_authorization where created_at < :before")
          .param("before", clock.instant().minus(kept).atOffset(ZoneOffset.UTC))
          .update();
    } catch (DataAccessException e) {
      LOG.warn("What was issued to applications is not cleaned up while the database is away");
    }
  }
}
