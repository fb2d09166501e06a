package io.facelogin.infra.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(FaceLogin.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {"face-login " + version};
  }
}
