package io.facelogin.infra.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands by name. A class is loaded only when its command is asked for: {@code --help} and
 * pictures are fast.
 */
final class Commands {

  static final List<String> NAMES =
      List.of(
          "up",
          "worker",
          "enrol",
          "identify",
          "people",
          "erase",
          "backup",
          "restore",
          "detect",
          "embed",
          "verify",
          "evaluate",
          "record",
          "replay",
          "token",
          "audit",
          "application",
          "dead-letters",
          "keys",
          "models",
          "kafka",
          "doctor",
          "chaos",
          "benchmark");

  private Commands() {}

  private static Object command(String name) {
    return switch (name) {
      case "up" -> new UpCommand();
      case "worker" -> new WorkerCommand();
      case "enrol" -> new EnrolCommand();
      case "identify" -> new IdentifyCommand();
      case "people" -> new PeopleCommand();
      case "erase" -> new EraseCommand();
      case "backup" -> new BackupCommand();
      case "restore" -> new RestoreCommand();
      case "token" -> new TokenCommand();
      case "audit" -> new AuditCommand();
      case "application" -> new ApplicationCommand();
      case "dead-letters" -> new DeadLettersCommand();
      case "kafka" -> new KafkaCommand();
      case "keys" -> new KeysCommand();
      case "models" -> new ModelsCommand();
      case "chaos" -> new ChaosCommand();
      case "doctor" -> new DoctorCommand();
      case "benchmark" -> new BenchmarkCommand();
      case "detect" -> new DetectCommand();
      case "embed" -> new EmbedCommand();
      case "verify" -> new VerifyCommand();
      case "evaluate" -> new EvaluateCommand();
      case "record" -> new RecordCommand();
      case "replay" -> new ReplayCommand();
      default -> throw new IllegalArgumentException("No command " + name);
    };
  }

  /** With the command that the arguments name; with all of them if they name none. */
  static CommandLine commandLine(String... args) {
    Set<String> named = Arrays.stream(args).filter(NAMES::contains).collect(Collectors.toSet());
    var root = new CommandLine(new FaceLogin());
    NAMES.stream()
        .filter(name -> named.isEmpty() || named.contains(name))
        .forEach(name -> root.addSubcommand(command(name)));
    return root.setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** The settings that any command knows, as keys of the YAML file. */
  static Set<String> settingKeys() {
    return everyCommand(commandLine())
        .flatMap(spec -> spec.options().stream())
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .map(Settings::key)
        .collect(Collectors.toSet());
  }

  private static Stream<CommandSpec> everyCommand(CommandLine command) {
    return Stream.concat(
        Stream.of(command.getCommandSpec()),
        command.getSubcommands().values().stream().flatMap(Commands::everyCommand));
  }
}
