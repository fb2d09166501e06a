package io.facelogin.web.decisions;

import io.facelogin.contract.kafka.Retention;
import io.facelogin.web.WebSettings;
import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.observe.WebMetrics;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets decisions that were kept as long as the site keeps them, in batches, so that nobody waits
 * for it. What the audit says of them has a rule of its own ({@code audit cut}).
 */
@Component
class ExpiredDecisions {

  static final String EXPIRED = "decisions-expired";

  private static final Logger LOG = LoggerFactory.getLogger(ExpiredDecisions.class);
  private static final int BATCH = 5_000;

  private final DecisionRepository decisions;
  private final TransactionTemplate transaction;
  private final AuditTrail audit;
  private final WebMetrics metrics;
  private final Retention retention;
  private final Clock clock;
  private final int batch;

  @Autowired
  ExpiredDecisions(
      DecisionRepository decisions,
      TransactionTemplate transaction,
      AuditTrail audit,
      WebMetrics metrics,
      WebSettings settings,
      Clock clock) {
    this(decisions, transaction, audit, metrics, settings.retention(), clock, BATCH);
  }

  ExpiredDecisions(
      DecisionRepository decisions,
      TransactionTemplate transaction,
      AuditTrail audit,
      WebMetrics metrics,
      Retention retention,
      Clock clock,
      int batch) {
    this.decisions = decisions;
    this.transaction = transaction;
    this.audit = audit;
    this.metrics = metrics;
    this.retention = retention;
    this.clock = clock;
    this.batch = batch;
  }

  @Scheduled(fixedDelay = 60, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
  void forget() {
    try {
      int gone = forgetNow();
      if (gone > 0) {
        LOG.info("{} decisions older than {} are forgotten", gone, retention.decisions());
      }
    } catch (DataAccessException e) {
      LOG.warn("Decisions that are too old stay while the database is away");
    }
  }

  /**
   * @return how many went
   */
  int forgetNow() {
    Instant before = clock.instant().minus(retention.decisions());
    int old = decisions.countBefore(before);
    if (old == 0) {
      return 0;
    }
    // One entry for all batches, with the first of them: none goes that is not written down.
    int gone =
        transaction.execute(
            status -> {
              int first = decisions.deleteBefore(before, batch);
              audit.write(
                  AuditTrail.SYSTEM,
                  EXPIRED,
                  null,
                  Map.of("before", before.toString(), "decisions", old));
              return first;
            });
    for (int more = gone; more == batch; gone += more) {
      more = decisions.deleteBefore(before, batch);
    }
    metrics.decisionsExpired(gone);
    return gone;
  }
}
