package io.facelogin.infra.cli;

import io.facelogin.capture.source.CameraUnavailableException;
import io.facelogin.contract.secret.MasterKeyException;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.weights.UnusableWeightsException;
import io.facelogin.web.WebUnavailableException;
import io.facelogin.web.tls.UnusableCertificateException;
import io.facelogin.web.token.UnusableKeyFileException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what went wrong into one clear message and an exit code. A stack trace is shown only for a
 * fault of ours, and only when asked for.
 */
final class Faults {

  private final PrintWriter err;
  private final boolean verbose;

  Faults(List<String> args, PrintWriter err) {
    this.err = err;
    this.verbose = args.contains("--verbose");
  }

  int tellMisuse(ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    err.println(exception.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(exception, err)) {
      err.println("How to use it: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.MISUSE;
  }

  int tell(Throwable fault) {
    int code = code(fault);
    if (code != ExitCode.FAULT_OF_OURS) {
      err.println(fault.getMessage());
      return code;
    }
    if (fault.getCause() != null && code(fault.getCause()) != ExitCode.FAULT_OF_OURS) {
      return tell(fault.getCause());
    }
    err.println("This is a fault of face-login, not yours: " + fault);
    if (verbose) {
      fault.printStackTrace(err);
    } else {
      err.println(
          "With --verbose the same command shows where it happened; `up` also keeps a log in the"
              + " data folder, logs/face-login.log");
    }
    return code;
  }

  private static int code(@Nullable Throwable fault) {
    if (fault instanceof MisuseException
        || fault instanceof UnusableManifestException
        || fault instanceof UnusableCertificateException
        || fault instanceof UnusableKeyFileException) {
      return ExitCode.MISUSE;
    }
    if (fault instanceof OutsideMissingException
        || fault instanceof UnusableWeightsException
        || fault instanceof CameraUnavailableException
        || fault instanceof WebUnavailableException
        || fault instanceof MasterKeyException
        || fault instanceof UnsatisfiedLinkError) {
      return ExitCode.OUTSIDE_MISSING;
    }
    return ExitCode.FAULT_OF_OURS;
  }
}
