package io.facelogin.infra.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ScopeType;

/**
 * The command {@code face-login}. Start reading here, then at {@link Commands}, which has one class
 * per command.
 */
@Command(
    name = "face-login",
    synopsisSubcommandLabel = "COMMAND",
    description = "Lets the people of a site in by their faces.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.LOCAL,
    versionProvider = Version.class,
    footer = {
      "",
      "face-login COMMAND --help explains a command. A setting comes from its option, else from"
          + " the",
      "environment (--min-face: FACE_LOGIN_MIN_FACE), else from face-login.yaml (min-face: 40).",
      "Exit codes: 0 done; 1 the answer is no (not the same, nobody found, below the target);",
      "2 wrong usage or unusable input; 3 something outside is missing; 70 a fault of face-login."
    })
public final class FaceLogin {

  FaceLogin() {}

  public static void main(String[] args) {
    // JSON is UTF-8 whatever the terminal's language is.
    var out =
        new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    var err =
        new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(List.of(args), System.getenv(), out, err));
  }

  /** Never throws: whatever happens becomes a line for people and an exit code. */
  static int run(
      List<String> args, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    var faults = new Faults(args, err);
    try {
      String[] arguments = args.toArray(String[]::new);
      CommandLine commands = Commands.commandLine(arguments);
      commands
          .setOut(out)
          .setErr(err)
          .setUsageHelpWidth(100)
          .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO))
          .setDefaultValueProvider(Settings.read(args, environment, Commands::settingKeys))
          .setParameterExceptionHandler(faults::tellMisuse)
          .setExecutionExceptionHandler((exception, command, parsed) -> faults.tell(exception));
      if (args.isEmpty()) {
        commands.usage(out);
        return ExitCode.MISUSE;
      }
      return commands.execute(arguments);
    } catch (RuntimeException | Error e) {
      return faults.tell(e);
    } finally {
      out.flush();
    }
  }
}
