package io.facelogin.infra.cli;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.infra.keys.KeyInventory;
import io.facelogin.infra.keys.KeyRotation;
import io.facelogin.infra.site.ServerFile;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows and renews the keys that seal what is personal; never a key itself. */
@Command(
    name = "keys",
    description = "Show and rotate the keys that seal faces, names and templates.",
    subcommands = {KeysCommand.Show.class, KeysCommand.Rotate.class, KeysCommand.Forget.class},
    footer = {"", "Example: face-login keys rotate"})
final class KeysCommand {

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  /** What the three have in common: a broker, whose site is started if none runs. */
  private abstract static class OnKeys implements Callable<Integer> {

    @Spec CommandSpec spec;
    @Mixin GlobalOptions global;
    @Mixin BrokerOptions broker;
    @Mixin JsonOutput json;

    @Override
    public final Integer call() throws Exception {
      check();
      try (AutoCloseable own = site()) {
        return work(broker.connect(global.data(), spec.commandLine().getErr()));
      }
    }

    private AutoCloseable site() {
      if (broker.isForeign() || ServerFile.find(global.data()).isPresent()) {
        return () -> {};
      }
      SiteOptions.requireSite(global.data());
      spec.commandLine()
          .getErr()
          .println("No site runs on " + global.data() + ": starting one for this command");
      return Site.start(
          SiteSettings.onAnyPort(global.data()).withMasterKeys(broker.masterKey().named()));
    }

    /** Before a site is asked or started. */
    void check() {}

    abstract int work(KafkaConnection kafka) throws Exception;

    void tell(Map<String, Object> facts, List<String> lines) {
      PrintWriter out = spec.commandLine().getOut();
      if (json.isWanted()) {
        json.print(facts, out);
      } else {
        lines.forEach(out::println);
      }
    }
  }

  /** Ids, counts and ages. */
  @Command(
      name = "show",
      description = "Show which master keys there are, and how many keys of people each wraps.",
      footer = {
        "",
        "Example: face-login keys show --json",
        "Exit code 1: there are keys of people that no master key here opens."
      })
  static final class Show extends OnKeys {

    @Override
    int work(KafkaConnection kafka) {
      KeyInventory keys = KeyInventory.of(kafka);
      tell(
          Map.of(
              "masterKeys", keys.masterKeys(),
              "people", keys.people(),
              "peopleByMasterKey", keys.peopleByMasterKey(),
              "unopenable", keys.unopenable(),
              "oldest", keys.oldest().map(Object::toString).orElse("")),
          List.of(
              "Master keys, the sealing one first: " + String.join(", ", keys.masterKeys()),
              "Keys of people: "
                  + keys.people()
                  + keys.oldest().map(oldest -> ", the oldest of " + oldest).orElse(""),
              "Wrapped by: " + keys.peopleByMasterKey(),
              "Unopenable: " + keys.unopenable()));
      return keys.unopenable() == 0 ? ExitCode.DONE : ExitCode.NEGATIVE;
    }
  }

  /** A new master key, and everybody's key wrapped by it. */
  @Command(
      name = "rotate",
      description = "Make a new master key and wrap the keys of all people by it.",
      footer = {
        "",
        "Example: face-login keys rotate",
        "The file keeps the older keys, for what they sealed on the topics (up to 24 h) and in",
        "recordings; `keys forget` takes them out. Interrupted, it goes on where it was when run",
        "again. Workers elsewhere need the new file before: copy it, then run it with their",
        "--kafka. Restart what got its key by the environment."
      })
  static final class Rotate extends OnKeys {

    @Override
    int work(KafkaConnection kafka) throws Exception {
      KeyRotation rotation = new KeyRotation(broker.masterKey().file(global.data()), kafka);
      KeyRotation.Done done = rotation.rotate();
      tell(
          Map.of("masterKey", done.masterKey(), "wrapped", done.wrapped()),
          List.of(
              "Master key "
                  + done.masterKey()
                  + " seals from now on; "
                  + done.wrapped()
                  + " keys of people were wrapped by it"));
      return ExitCode.DONE;
    }
  }

  /** The end of the older keys. */
  @Command(
      name = "forget",
      description = "Take the older master keys out of the file, for good.",
      footer = {
        "",
        "Example: face-login keys forget",
        "What only they sealed can never be opened again: records on the topics, recordings,",
        "backups made before the rotation, and the list of the erased beside backups in a folder",
        "that was away since. Make a backup first. Without --yes it asks on a terminal and refuses",
        "elsewhere.",
        "Exit code 1: somebody's key is still wrapped by one of them; run `keys rotate` first."
      })
  static final class Forget extends OnKeys {

    @Mixin private Confirmation confirmation;

    @Override
    void check() {
      confirmation.requireSomebodyToAsk("Forgetting keys");
    }

    @Override
    int work(KafkaConnection kafka) throws Exception {
      if (!confirmation.isGiven("Forget all master keys but the newest, with what they sealed?")) {
        spec.commandLine().getOut().println("Nothing was forgotten");
        return ExitCode.NEGATIVE;
      }
      KeyRotation rotation = new KeyRotation(broker.masterKey().file(global.data()), kafka);
      Optional<List<String>> forgotten = rotation.forgetOlder();
      tell(
          Map.of("forgotten", forgotten.orElse(List.of())),
          List.of(
              forgotten
                  .map(ids -> "Forgotten: " + (ids.isEmpty() ? "none" : String.join(", ", ids)))
                  .orElse("Keys of people are still wrapped by an older one: run keys rotate")));
      return forgotten.isPresent() ? ExitCode.DONE : ExitCode.NEGATIVE;
    }
  }
}
