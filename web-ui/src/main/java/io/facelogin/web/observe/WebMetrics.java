package io.facelogin.web.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/** The names of this stage's metrics, and the only place that counts. */
@Component
public class WebMetrics {

  public static final String RECORDS_RECEIVED = "web.records.received";
  public static final String RECORDS_UNREADABLE = "web.records.unreadable";
  public static final String FRAMES_RECEIVED = "web.frames.received";
  public static final String FRAMES_DROPPED = "web.frames.dropped";
  public static final String MESSAGES_DROPPED = "web.messages.dropped";
  public static final String DECISIONS_STORED = "web.decisions.stored";
  public static final String DECISIONS_EXPIRED = "web.decisions.expired";
  public static final String DECISIONS_NOT_USED = "web.decisions.not.used";
  public static final String DECISION_LATENCY = "web.decision.latency";
  public static final String SESSIONS = "web.sessions";

  private final MeterRegistry meters;
  private final Counter framesReceived;
  private final Counter messagesDropped;
  private final Counter decisionsStored;
  private final Counter decisionsExpired;
  private final Counter decisionsNotUsed;
  private final Timer decisionLatency;

  public WebMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.framesReceived =
        Counter.builder(FRAMES_RECEIVED).description("Frames that browsers sent").register(meters);
    this.messagesDropped =
        Counter.builder(MESSAGES_DROPPED)
            .description("Faces messages not sent because the browser was slow")
            .register(meters);
    this.decisionsStored =
        Counter.builder(DECISIONS_STORED)
            .description("Decisions new in the table")
            .register(meters);
    this.decisionsExpired =
        Counter.builder(DECISIONS_EXPIRED)
            .description("Decisions removed from the table because they had become too old")
            .register(meters);
    this.decisionsNotUsed =
        Counter.builder(DECISIONS_NOT_USED)
            .description(
                "Acceptances that opened nothing: come again, or not of the living session")
            .register(meters);
    this.decisionLatency =
        Timer.builder(DECISION_LATENCY)
            .description("From capture to the WebSocket message")
            .publishPercentiles(0.5, 0.95)
            .register(meters);
  }

  public void received(String topic) {
    meters.counter(RECORDS_RECEIVED, "topic", topic).increment();
  }

  public void unreadable(String topic) {
    meters.counter(RECORDS_UNREADABLE, "topic", topic).increment();
  }

  public void frameReceived() {
    framesReceived.increment();
  }

  /**
   * @param reason a constant name: BAD_FRAME, TOO_FAST, BROKER_AWAY
   */
  public void frameDropped(String reason) {
    meters.counter(FRAMES_DROPPED, "reason", reason).increment();
  }

  public void messageDropped() {
    messagesDropped.increment();
  }

  public void decisionStored() {
    decisionsStored.increment();
  }

  public void decisionsExpired(int rows) {
    decisionsExpired.increment(rows);
  }

  public void decisionNotUsed() {
    decisionsNotUsed.increment();
  }

  public void decisionShown(Duration sinceCapture) {
    decisionLatency.record(sinceCapture);
  }

  public void sessions(IntSupplier open) {
    meters.gauge(SESSIONS, open, IntSupplier::getAsInt);
  }
}
