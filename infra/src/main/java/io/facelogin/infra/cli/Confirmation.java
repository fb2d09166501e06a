package io.facelogin.infra.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks before what cannot be undone; where nobody can be asked, only {@code --yes} will do. */
final class Confirmation {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--yes", description = "do not ask")
  private boolean yes;

  /**
   * To be called before anything else is done.
   *
   * @param act such as "Erasing"
   * @throws MisuseException if nobody can be asked
   */
  void requireSomebodyToAsk(String act) {
    if (!yes && !Terminal.isInteractive()) {
      throw new MisuseException(act + " cannot be undone: confirm it with --yes");
    }
  }

  /**
   * @param question ends with a question mark
   */
  boolean isGiven(String question) {
    if (yes) {
      return true;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.print(question + " [y/N] ");
    err.flush();
    try (var in = new Scanner(System.in, StandardCharsets.UTF_8)) {
      return in.hasNextLine() && in.nextLine().strip().equalsIgnoreCase("y");
    }
  }
}
