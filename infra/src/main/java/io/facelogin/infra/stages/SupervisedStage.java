package io.facelogin.infra.stages;

import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage that is made anew when it has FAILED, with growing pauses: what a platform does for a
 * single worker, for the stages of a site in one process.
 */
public final class SupervisedStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(SupervisedStage.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Ready for this long, a stage is forgiven its earlier failures. */
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(1);

  private final String name;
  private final Supplier<? extends Stage> maker;
  private final LongSupplier nanoTime;
  private volatile @Nullable Stage stage;
  private volatile String failure = "not started";
  private Duration pause = FIRST_PAUSE;
  private long madeAt;
  private boolean closed;

  public SupervisedStage(String name, Supplier<? extends Stage> maker) {
    this(name, maker, System::nanoTime);
  }

  SupervisedStage(String name, Supplier<? extends Stage> maker, LongSupplier nanoTime) {
    this.name = name;
    this.maker = maker;
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return name;
  }

  /** Makes and starts the stage; what goes wrong at this first time is the caller's to handle. */
  @Override
  public synchronized void start() {
    madeAt = nanoTime.getAsLong();
    Stage made = maker.get();
    stage = made;
    made.start();
  }

  /** To be called about once a second: replaces a stage that has failed. */
  public synchronized void tend() {
    Health health = health();
    Duration age = Duration.ofNanos(nanoTime.getAsLong() - madeAt);
    if (closed || health.isAlive()) {
      if (age.compareTo(FORGIVEN_AFTER) > 0) {
        pause = FIRST_PAUSE;
      }
      return;
    }
    if (age.compareTo(pause) < 0) {
      return;
    }
    LOG.warn("Starting {} anew: {}", name, health.message());
    pause =
        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    try {
      closeStage();
      start();
    } catch (RuntimeException e) {
      // Not the first start: what it needs was there before and may come back.
      LOG.warn("{} does not start; next attempt in {} s", name, pause.toSeconds(), e);
      closeStage();
      failure = String.valueOf(e.getMessage());
    }
  }

  /** The stage that runs now. */
  public Stage current() {
    Stage present = stage;
    if (present == null) {
      throw new IllegalStateException("Stage " + name + " does not run: " + failure);
    }
    return present;
  }

  @Override
  public Health health() {
    Stage present = stage;
    return present == null ? Health.failed(failure) : present.health();
  }

  private void closeStage() {
    Stage present = stage;
    stage = null;
    if (present != null) {
      present.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeStage();
  }
}
