package io.facelogin.models.store;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Told how far a fetch is. Called by the thread that fetches. */
public interface FetchProgress {

  /**
   * @param fromBytes what an earlier, broken fetch already got
   */
  void started(String file, long fromBytes, long sizeBytes);

  /** All of the file that is here by now. */
  void reached(long bytes);

  /** Whether it went well or not. */
  void ended();

  /** Says nothing. */
  static FetchProgress silent() {
    return new FetchProgress() {
      @Override
      public void started(String file, long fromBytes, long sizeBytes) {}

      @Override
      public void reached(long bytes) {}

      @Override
      public void ended() {}
    };
  }

  /** A bar that redraws itself, for terminals. */
  static FetchProgress bar() {
    return new FetchProgress() {
      private @Nullable ProgressBar bar;

      @Override
      public void started(String file, long fromBytes, long sizeBytes) {
        ended();
        bar =
            new ProgressBarBuilder()
                .setTaskName(file)
                .setInitialMax(sizeBytes)
                .startsFrom(fromBytes, Duration.ZERO)
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .build();
      }

      @Override
      public void reached(long bytes) {
        if (bar != null) {
          bar.stepTo(bytes);
        }
      }

      @Override
      public void ended() {
        if (bar != null) {
          bar.close();
        }
      }
    };
  }

  /** A line per tenth of the file, for logs and pipes. */
  static FetchProgress lines(PrintStream out) {
    return new FetchProgress() {
      private String file = "";
      private long size = 1;
      private long tenths;

      @Override
      public void started(String name, long fromBytes, long sizeBytes) {
        file = name;
        size = Math.max(1, sizeBytes);
        tenths = fromBytes * 10 / size;
        out.printf("%s: %d of %d bytes are here%n", file, fromBytes, sizeBytes);
      }

      @Override
      public void reached(long bytes) {
        long now = bytes * 10 / size;
        if (now > tenths) {
          tenths = now;
          out.printf("%s: %d %%%n", file, now * 10);
        }
      }

      @Override
      public void ended() {}
    };
  }
}
