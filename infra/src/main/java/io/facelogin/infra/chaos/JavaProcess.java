package io.facelogin.infra.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM with the class path of this one, whose output goes to a file. */
public final class JavaProcess implements AutoCloseable {

  private static final List<String> FLAGS =
      List.of(
          "--add-opens",
          "java.base/java.nio=ALL-UNNAMED",
          "--add-exports",
          "java.base/sun.nio.ch=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED",
          "--add-modules",
          "jdk.incubator.vector",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xmx384m");

  private final Process process;
  private final Path output;

  private JavaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * @param environment added to that of this process
   */
  public static JavaProcess start(
      Path output, Class<?> main, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    // Surefire starts its own JVM with a jar that only refers to the class path.
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    return new JavaProcess(builder.start(), output);
  }

  public static JavaProcess start(Path output, Class<?> main, List<String> arguments)
      throws IOException {
    return start(output, main, arguments, Map.of());
  }

  /**
   * The first group of the first line that matches, waiting for it.
   *
   * @throws FaultException if it does not come, or the process ends before
   */
  public String awaitLine(Pattern pattern, Duration limit) throws InterruptedException {
    Path name = output.getFileName();
    return Patience.upTo(limit)
        .unless(() -> !process.isAlive(), name + " has ended; see " + output)
        .forResult(name + " prints " + pattern, () -> find(pattern));
  }

  private String find(Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(output));
    return matcher.find() ? matcher.group(1) : "";
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * @throws FaultException if it does not end within the limit
   */
  public int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new FaultException(output.getFileName() + " did not end within " + limit);
    }
    return process.exitValue();
  }

  /** Everything it printed so far. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  /** As {@code kill -9}: nothing of it can react. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to end, and kills it after 20 s. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      kill();
    }
  }
}
