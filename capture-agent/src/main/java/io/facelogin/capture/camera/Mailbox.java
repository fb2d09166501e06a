package io.facelogin.capture.camera;

import org.jspecify.annotations.Nullable;

/**
 * One camera's way out: a few items may be under way, one waits, and a newer one takes the place of
 * the one that waits. Neither side ever blocks; any thread may call.
 */
public final class Mailbox<T> {

  private final int maxUnderWay;
  private int underWay;
  private @Nullable T waiting;

  public Mailbox(int maxUnderWay) {
    this.maxUnderWay = maxUnderWay;
  }

  /** Returns the item that will never be sent because this one is newer; null if there is none. */
  public synchronized @Nullable T put(T newest) {
    T replaced = waiting;
    waiting = newest;
    return replaced;
  }

  /** What may be sent now; null if nothing waits or enough is under way. */
  public synchronized @Nullable T take() {
    T taken = underWay < maxUnderWay ? waiting : null;
    if (taken != null) {
      waiting = null;
      underWay++;
    }
    return taken;
  }

  /** One that was under way has arrived or is lost. */
  public synchronized void answered() {
    if (underWay == 0) {
      throw new IllegalStateException("Nothing is under way");
    }
    underWay--;
  }
}
