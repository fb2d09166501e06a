package io.facelogin.infra.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** What may be shown beside a result: bars move only where somebody looks. */
final class Terminal {

  private static final int STANDARD_INPUT = 0;
  private static final int STANDARD_ERROR = 2;
  private static final int BAR_WIDTH = 79;

  private Terminal() {}

  /** Somebody can answer a question. */
  static boolean isInteractive() {
    return isTerminal(STANDARD_INPUT) && isTerminal(STANDARD_ERROR);
  }

  /** Somebody watches what goes to standard error. */
  static boolean showsProgress() {
    return isTerminal(STANDARD_ERROR);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** A bar on a terminal, elsewhere a line for each tenth. From any thread. */
  static Progress progress(String task, int steps, PrintWriter err) {
    return new Progress(task, steps, err, showsProgress());
  }

  /** How far a long task is. */
  static final class Progress implements AutoCloseable {

    private final String task;
    private final int steps;
    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private int done;

    private Progress(String task, int steps, PrintWriter err, boolean terminal) {
      this.task = task;
      this.steps = steps;
      this.err = err;
      this.bar = terminal ? bar(task, steps) : null;
    }

    private static ProgressBar bar(String task, int steps) {
      return new ProgressBarBuilder()
          .setTaskName(task)
          .setInitialMax(steps)
          .setStyle(ProgressBarStyle.ASCII)
          .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.err, true), BAR_WIDTH))
          .build();
    }

    synchronized void step() {
      done++;
      if (bar != null) {
        bar.step();
      } else if (done * 10 / steps > (done - 1) * 10 / steps) {
        err.println(task + ": " + done + " of " + steps);
      }
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }
}
