package io.facelogin.models.mtcnn;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Where a detector's time goes. Any thread. */
public final class StepTimes {

  /** What takes time; the rest is choosing and sorting candidates. */
  public enum Step {
    PYRAMID,
    PROPOSAL_NETWORK,
    CROPS,
    REFINE_NETWORK,
    OUTPUT_NETWORK
  }

  private final Map<Step, LongAdder> nanos = new EnumMap<>(Step.class);

  StepTimes() {
    for (Step step : Step.values()) {
      nanos.put(step, new LongAdder());
    }
  }

  <T> T time(Step step, Supplier<T> work) {
    long begin = System.nanoTime();
    T result = work.get();
    of(step).add(System.nanoTime() - begin);
    return result;
  }

  private LongAdder of(Step step) {
    return Objects.requireNonNull(nanos.get(step));
  }

  /** Since the detector was made. */
  public Map<Step, Double> milliseconds() {
    Map<Step, Double> milliseconds = new EnumMap<>(Step.class);
    nanos.forEach((step, sum) -> milliseconds.put(step, sum.sum() / 1e6));
    return milliseconds;
  }
}
