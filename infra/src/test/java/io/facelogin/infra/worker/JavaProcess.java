package io.facelogin.infra.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A JVM with the class path of the tests, whose output goes to a file. */
final class JavaProcess implements AutoCloseable {

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
          "-Xmx384m");

  private final Process process;
  private final Path output;

  private JavaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static JavaProcess start(Path output, Class<?> main, List<String> arguments) throws IOException {
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
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    return new JavaProcess(builder.start(), output);
  }

  /** The first group of the first line that matches, waiting for it. */
  String awaitLine(Pattern pattern, Duration limit) {
    return Awaitility.await(output.getFileName() + " prints " + pattern)
        .atMost(limit)
        .failFast(output.getFileName() + " has ended", () -> !process.isAlive())
        .until(() -> find(pattern), found -> !found.isEmpty());
  }

  private String find(Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(output));
    return matcher.find() ? matcher.group(1) : "";
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(output.getFileName() + " did not end within " + limit);
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** As {@code kill -9}: nothing of it can react. */
  void kill() {
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
