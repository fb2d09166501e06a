package io.facelogin.infra.cli;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.recording.KnownRecordings;
import io.facelogin.infra.recording.Recorder;
import io.facelogin.infra.recording.RecorderSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records what the cameras of a running site see and what is decided of it. */
@Command(
    name = "record",
    description = "Record what a running site sees and decides into a file, for `replay`.",
    footer = {
      "",
      "Example: face-login record monday.recording --seconds 60",
      "records the site that runs on ./data; with --kafka any other. Faces and templates in it are",
      "sealed by the keys of the site; erasing somebody who is in it deletes it. Ctrl-C ends the"
          + " recording properly; that takes up to 12 s, until all is decided."
    })
final class RecordCommand implements Callable<Integer> {

  private static final Duration TELL_EVERY = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private JsonOutput json;
  @Mixin private BrokerOptions broker;

  @Parameters(paramLabel = "FILE", description = "to be made; an existing one is not written over")
  private Path file;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "how long to record (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--lead-in",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "recorded from before too, so that a replay knows who is in view already; at most 60"
              + " (default: ${DEFAULT-VALUE})")
  private int leadInSeconds;

  @Option(
      names = "--topics",
      paramLabel = "TOPIC",
      split = ",",
      description =
          "comma separated (default: frames,embeddings,decisions,gallery,person-keys, which a"
              + " replay needs)")
  private List<String> topics = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Recorder recorder =
        new Recorder(broker.connect(global.data(), spec.commandLine().getErr()), settings());
    PrintWriter err = spec.commandLine().getErr();
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> endProperly(recorder, done, err), "stop-recording");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      KnownRecordings.of(global.data()).add(file);
      Recorder.Summary summary = recorder.record(file, new Lines(err));
      tell(summary);
      return ExitCode.DONE;
    } catch (FileAlreadyExistsException e) {
      throw new MisuseException(
          "There is a file " + file + " already. Name another one, or delete it first.");
    } catch (IOException e) {
      throw new OutsideMissingException("Cannot write to " + file + ": " + e, e);
    } finally {
      done.countDown();
    }
  }

  private RecorderSettings settings() {
    RecorderSettings defaults = RecorderSettings.defaults();
    try {
      return (topics.isEmpty() ? defaults : defaults.withTopics(BrokerOptions.topics(topics)))
          .withDuration(Duration.ofSeconds(seconds))
          .withLeadIn(Duration.ofSeconds(leadInSeconds));
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  private static void endProperly(Recorder recorder, CountDownLatch done, PrintWriter err) {
    if (done.getCount() == 0) {
      return;
    }
    err.println("Ending the recording when all is decided, within about 12 s");
    err.flush();
    recorder.stop();
    try {
      done.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Recorder.Summary summary) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(
          Map.of(
              "file",
              file.toString(),
              "records",
              summary.recordsByTopic(),
              "unanswered",
              summary.unanswered()),
          out);
    } else {
      out.println("Recorded into " + file + ": " + Lines.text(summary.recordsByTopic()));
      if (summary.unanswered() > 0) {
        out.println(
            summary.unanswered()
                + " frames at the end were not looked at in time and do not count");
      }
    }
    out.flush();
  }

  /** A line now and then. */
  private static final class Lines implements Recorder.Progress {

    private final PrintWriter err;
    private Duration told = Duration.ZERO;

    Lines(PrintWriter err) {
      this.err = err;
    }

    @Override
    public void recorded(Duration elapsed, Map<String, Long> recordsByTopic) {
      if (elapsed.minus(told).compareTo(TELL_EVERY) >= 0) {
        told = elapsed;
        err.println("recording for " + elapsed.toSeconds() + " s: " + text(recordsByTopic));
        err.flush();
      }
    }

    static String text(Map<String, Long> recordsByTopic) {
      return recordsByTopic.isEmpty()
          ? "nothing yet"
          : recordsByTopic.entrySet().stream()
              .map(entry -> entry.getValue() + " " + entry.getKey())
              .collect(Collectors.joining(", "));
    }
  }
}
