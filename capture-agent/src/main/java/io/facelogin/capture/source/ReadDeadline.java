package io.facelogin.capture.source;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Bounds every wait of FFmpeg on one source: FFmpeg asks again and again whether to give up. Covers
 * connecting, hand-shakes and servers that dribble, which the timeouts of the protocols do not. Not
 * covered: the resolving of a host's name, and a device driver that hangs.
 */
final class ReadDeadline implements AutoCloseable {

  private static final int DEADLINE = 0;
  private static final int INTERRUPTED = 1;

  /**
   * One for all sources, because JavaCPP has room for ten callbacks of a kind in a process. Which
   * source asks is told by the opaque pointer.
   */
  private static final AVIOInterruptCB.Callback_Pointer GIVE_UP =
      new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer opaque) {
          LongPointer cells = new LongPointer(opaque);
          boolean over = System.nanoTime() - cells.get(DEADLINE) > 0;
          return over || cells.get(INTERRUPTED) != 0 ? 1 : 0;
        }
      };

  private final LongPointer cells = new LongPointer(2);
  private boolean closed;

  ReadDeadline() {
    cells.put(INTERRUPTED, 0);
  }

  void watch(AVFormatContext context) {
    context.interrupt_callback().callback(GIVE_UP).opaque(cells);
  }

  void allow(Duration time) {
    cells.put(DEADLINE, System.nanoTime() + time.toNanos());
  }

  /** From any thread. */
  synchronized void interrupt() {
    if (!closed) {
      cells.put(INTERRUPTED, 1);
    }
  }

  /**
   * To be asked after a failure, because not every protocol says by its error that it was told to
   * give up.
   */
  boolean isOver() {
    return System.nanoTime() - cells.get(DEADLINE) > 0;
  }

  boolean isInterrupted() {
    return cells.get(INTERRUPTED) != 0;
  }

  /** Only after the context that it watches is closed. */
  @Override
  public synchronized void close() {
    closed = true;
    cells.close();
  }
}
