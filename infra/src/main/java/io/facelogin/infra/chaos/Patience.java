package io.facelogin.infra.chaos;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks again and again until something holds, or the time is up. */
final class Patience {

  private static final long PAUSE_MS = 100;

  private final Duration limit;
  private BooleanSupplier hopeless = () -> false;
  private String why = "";

  private Patience(Duration limit) {
    this.limit = limit;
  }

  static Patience upTo(Duration limit) {
    return new Patience(limit);
  }

  /** Whether something holds; an exception means not yet. */
  @FunctionalInterface
  interface Look {
    boolean holds() throws Exception;
  }

  /** What was found, empty if nothing yet; an exception means not yet. */
  @FunctionalInterface
  interface Find {
    String look() throws Exception;
  }

  /** Gives up at once when waiting is hopeless. */
  Patience unless(BooleanSupplier isHopeless, String because) {
    hopeless = isHopeless;
    why = because;
    return this;
  }

  /**
   * @return how long it took
   * @throws FaultException if it does not hold in time
   */
  Duration until(String what, Look look) throws InterruptedException {
    long began = System.nanoTime();
    forResult(what, () -> look.holds() ? "yes" : "");
    return Duration.ofNanos(System.nanoTime() - began);
  }

  String forResult(String what, Find find) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    @Nullable Exception last = null;
    while (true) {
      try {
        String found = find.look();
        if (!found.isEmpty()) {
          return found;
        }
        last = null;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e;
      }
      if (hopeless.getAsBoolean()) {
        throw new FaultException("Waiting for \"" + what + "\": " + why);
      }
      if (System.nanoTime() > end) {
        String text = "Not within " + limit.toSeconds() + " s: " + what;
        throw last == null
            ? new FaultException(text)
            : new FaultException(text + " (" + last + ")", last);
      }
      Thread.sleep(PAUSE_MS);
    }
  }
}
