package io.facelogin.infra.chaos;

import io.facelogin.infra.worker.StageName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What several scenarios do. */
final class Faults {

  /** A stage must say within this time that it cannot serve. */
  static final Duration HONEST_WITHIN = Duration.ofSeconds(30);

  private Faults() {}

  /**
   * Waits until these stages say that they cannot serve.
   *
   * @return how long the slowest took
   */
  static Duration awaitUnready(RehearsalSite site, List<StageName> stages)
      throws InterruptedException {
    long began = System.nanoTime();
    for (StageName stage : stages) {
      Patience.upTo(HONEST_WITHIN)
          .until(stage + " says that it cannot serve", () -> !site.isReady(stage));
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /**
   * What must not take a stage out of service has not.
   *
   * @throws FaultException naming the stage that says it cannot serve
   */
  static void requireReady(RehearsalSite site) throws InterruptedException {
    for (StageName stage : site.stages()) {
      if (!site.isReady(stage)) {
        throw new FaultException(stage + " says that it cannot serve");
      }
    }
  }

  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1e3);
  }

  /** Sends a signal: STOP freezes a process as a debugger or an overcommitted machine does. */
  static void signal(long pid, String signal) throws IOException, InterruptedException {
    run("kill", "-" + signal, Long.toString(pid));
  }

  /**
   * From now on the process can make no file longer than this, as on a full disk.
   *
   * @param bytes or {@code unlimited}
   */
  static void limitFiles(long pid, String bytes) throws IOException, InterruptedException {
    run("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":unlimited");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new CannotException(
          "there is no " + command[0] + " here (Debian: apt-get install util-linux)");
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new CannotException(
          command[0].toLowerCase(Locale.ROOT) + " is not allowed here: " + said.strip());
    }
  }
}
