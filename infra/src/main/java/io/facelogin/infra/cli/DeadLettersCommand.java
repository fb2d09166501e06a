package io.facelogin.infra.cli;

import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.letters.DeadLetter;
import io.facelogin.infra.letters.DeadLetterBox;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What to do with records that no code could read. */
@Command(
    name = "dead-letters",
    description = "List, send again or drop the records that no stage could read.",
    subcommands = {
      DeadLettersCommand.ListLetters.class,
      DeadLettersCommand.Show.class,
      DeadLettersCommand.Resend.class,
      DeadLettersCommand.Drop.class
    },
    footer = {
      "",
      "Example: face-login dead-letters list",
      "Their content, which may be a face, is never shown. They vanish by themselves after 7 days."
    })
final class DeadLettersCommand {

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  /** What the four have in common. */
  abstract static class OnLetters implements Callable<Integer> {

    @Spec CommandSpec spec;
    @Mixin GlobalOptions global;
    @Mixin BrokerOptions broker;
    @Mixin JsonOutput json;

    @Option(
        names = "--topic",
        split = ",",
        paramLabel = "TOPIC",
        description = "only letters from there, comma separated (default: all topics)")
    private List<String> topics = List.of();

    @Override
    public Integer call() throws InterruptedException {
      DeadLetterBox box =
          new DeadLetterBox(broker.connect(global.data(), spec.commandLine().getErr()));
      try {
        return run(box, box.open(wanted()));
      } catch (ExecutionException e) {
        throw new OutsideMissingException("Kafka refuses: " + e.getCause(), e);
      }
    }

    abstract int run(DeadLetterBox box, List<DeadLetter> open)
        throws ExecutionException, InterruptedException;

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    private List<Topic<?>> wanted() {
      return topics.isEmpty() ? Topics.ALL : BrokerOptions.topics(topics);
    }

    List<DeadLetter> named(List<String> ids, List<DeadLetter> open) {
      for (String id : ids) {
        if (open.stream().noneMatch(letter -> letter.id().equals(id))) {
          throw new MisuseException(
              "There is no dead letter " + id + ", or it was dealt with: see dead-letters list");
        }
      }
      return open.stream().filter(letter -> ids.contains(letter.id())).toList();
    }

    int tell(String what, List<DeadLetter> letters) {
      if (json.isWanted()) {
        json.print(Map.of(what, letters.stream().map(DeadLetter::id).toList()), out());
      } else {
        out().println(letters.size() + " dead letters " + what);
      }
      return ExitCode.DONE;
    }
  }

  /** For commands that change something: which letters. */
  abstract static class OnChosenLetters extends OnLetters {

    @Parameters(paramLabel = "LETTER", arity = "0..*", description = "ids, as `list` shows them")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "all of them, or all of --topic")
    private boolean all;

    List<DeadLetter> chosen(List<DeadLetter> open) {
      if (all == !ids.isEmpty()) {
        throw new MisuseException("Name the letters by their ids, or say --all");
      }
      return all ? open : named(ids, open);
    }
  }

  @Command(
      name = "list",
      description = "List the dead letters, the oldest first.",
      footer = {"", "Example: face-login dead-letters list --topic frames --json"})
  static final class ListLetters extends OnLetters {
    @Override
    int run(DeadLetterBox box, List<DeadLetter> open) {
      if (json.isWanted()) {
        json.print(open, out());
        return ExitCode.DONE;
      }
      if (open.isEmpty()) {
        out().println("No dead letters");
      }
      for (DeadLetter letter : open) {
        out()
            .printf(
                "%-26s %-13s from %-26s %8d bytes, %s old%n",
                letter.id(),
                letter.errorKind(),
                letter.origin(),
                letter.bytes(),
                age(letter.setAsideAt()));
      }
      return ExitCode.DONE;
    }

    private static String age(Instant since) {
      Duration age = Duration.between(since, Instant.now());
      return age.toHours() >= 48
          ? age.toDays() + " days"
          : age.toMinutes() >= 120
              ? age.toHours() + " hours"
              : age.toSeconds() >= 120 ? age.toMinutes() + " minutes" : age.toSeconds() + " s";
    }
  }

  @Command(
      name = "show",
      description = "Show where one came from and why it cannot be read, without its content.",
      footer = {"", "Example: face-login dead-letters show frames.dlq-0@12"})
  static final class Show extends OnLetters {

    @Parameters(paramLabel = "LETTER", description = "an id, as `list` shows it")
    private String id;

    @Override
    int run(DeadLetterBox box, List<DeadLetter> open) {
      DeadLetter letter = named(List.of(id), open).get(0);
      Map<String, String> shown = new LinkedHashMap<>();
      shown.put("id", letter.id());
      shown.put("topic", letter.topic());
      shown.put("key", letter.key());
      shown.put("setAsideAt", letter.setAsideAt().toString());
      shown.put("bytes", Integer.toString(letter.bytes()));
      shown.putAll(box.details(letter));
      if (json.isWanted()) {
        json.print(shown, out());
      } else {
        shown.forEach((name, value) -> out().printf("%-12s %s%n", name, value));
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "resend",
      description = "Put them back where they came from, such as after an upgrade.",
      footer = {
        "",
        "Example: face-login dead-letters resend --all --topic embeddings",
        "One that still cannot be read comes back as one new letter."
      })
  static final class Resend extends OnChosenLetters {
    @Override
    int run(DeadLetterBox box, List<DeadLetter> open)
        throws ExecutionException, InterruptedException {
      List<DeadLetter> letters = chosen(open);
      box.resend(letters);
      return tell("resent", letters);
    }
  }

  @Command(
      name = "drop",
      description = "Forget them.",
      footer = {
        "",
        "Example: face-login dead-letters drop frames.dlq-0@12",
        "Without --yes it asks on a terminal and refuses elsewhere."
      })
  static final class Drop extends OnChosenLetters {

    @Mixin private Confirmation confirmation;

    @Override
    int run(DeadLetterBox box, List<DeadLetter> open)
        throws ExecutionException, InterruptedException {
      confirmation.requireSomebodyToAsk("Dropping letters");
      List<DeadLetter> letters = chosen(open);
      if (!confirmation.isGiven("Drop " + letters.size() + " dead letters for good?")) {
        return tell("dropped", List.of());
      }
      box.drop(letters);
      return tell("dropped", letters);
    }
  }
}
