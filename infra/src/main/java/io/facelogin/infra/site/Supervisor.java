package io.facelogin.infra.site;

import io.facelogin.contract.stage.Health;
import io.facelogin.infra.stages.SupervisedStage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks after the stages once a second: tells when one gets into trouble or out of it. */
final class Supervisor implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final List<SupervisedStage> stages = new CopyOnWriteArrayList<>();
  private final Map<String, Health> lastTold = new HashMap<>();
  private final Consumer<String> progress;
  private @Nullable Thread thread;

  Supervisor(Consumer<String> progress) {
    this.progress = progress;
  }

  void add(SupervisedStage stage) {
    stages.add(stage);
  }

  /**
   * Waits until every stage is ready.
   *
   * @return those that are not within the limit, with what they say; empty if all are
   */
  String waitUntilReady(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      String unready =
          stages.stream()
              .filter(stage -> !stage.health().isReady())
              .map(stage -> stage.name() + ": " + stage.health().message())
              .collect(Collectors.joining("; "));
      boolean hopeless = stages.stream().anyMatch(stage -> !stage.health().isAlive());
      if (unready.isEmpty() || hopeless || System.nanoTime() >= end) {
        return unready;
      }
      Thread.sleep(50);
    }
  }

  /** From now on stages that fail are made anew, and changes of health are told. */
  void startTending() {
    stages.forEach(stage -> lastTold.put(stage.name(), stage.health()));
    Thread tending = new Thread(this::tend, "supervisor");
    tending.setDaemon(true);
    tending.start();
    thread = tending;
  }

  private void tend() {
    try {
      while (true) {
        Thread.sleep(INTERVAL.toMillis());
        for (SupervisedStage stage : stages) {
          Health health = stage.health();
          Health told = lastTold.put(stage.name(), health);
          if (told == null || told.state() != health.state()) {
            progress.accept(
                stage.name() + ": " + (health.isReady() ? "ready again" : health.message()));
          }
          stage.tend();
        }
      }
    } catch (InterruptedException e) {
      // The site is closing.
    }
  }

  /** How each stage is, in the order of their start. */
  List<SupervisedStage> stages() {
    return List.copyOf(stages);
  }

  @Override
  public void close() {
    Thread tending = thread;
    if (tending != null) {
      tending.interrupt();
      try {
        tending.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
