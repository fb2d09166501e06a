package io.facelogin.infra.cli;

import io.facelogin.infra.OutsideMissingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code face-login}. */
@Command(
    name = "face-login",
    description = "Lets the people of a site in by their faces.",
    mixinStandardHelpOptions = true,
    subcommands = {UpCommand.class, WorkerCommand.class})
public final class FaceLogin {

  private static final int OUTSIDE_MISSING = 3;
  private static final int FAULT_OF_OURS = 70;

  private FaceLogin() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new FaceLogin())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (exception, command, parsed) -> {
                  if (exception instanceof OutsideMissingException) {
                    command.getErr().println(exception.getMessage());
                    return OUTSIDE_MISSING;
                  }
                  exception.printStackTrace(command.getErr());
                  return FAULT_OF_OURS;
                })
            .execute(args));
  }
}
