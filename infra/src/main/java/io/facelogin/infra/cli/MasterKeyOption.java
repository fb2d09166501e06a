package io.facelogin.infra.cli;

import io.facelogin.contract.secret.MasterKeyException;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.site.SiteKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the master keys come from: the file named, else the environment, else the data folder. */
final class MasterKeyOption {

  /** The keys themselves in Base64, for platforms that hand secrets over that way. */
  static final String VARIABLE = "FACE_LOGIN_MASTER_KEY";

  @Option(
      names = "--master-key-file",
      paramLabel = "FILE",
      description =
          "keys that seal faces, names and templates, one a line in Base64, the newest first"
              + " (default: the variable FACE_LOGIN_MASTER_KEY, else keys/master.key in the data"
              + " folder, which `up` makes)")
  private @Nullable Path file;

  /**
   * @throws MasterKeyException if what is named holds no keys
   */
  Optional<MasterKeys> named() {
    if (file != null) {
      return Optional.of(MasterKeys.read(file));
    }
    return Optional.ofNullable(System.getenv(VARIABLE))
        .map(keys -> MasterKeys.parse(keys, "The variable " + VARIABLE));
  }

  /** As {@link #named}, else the keys of the data folder, if it has any. */
  Optional<MasterKeys> ofSite(Path data) {
    return named()
        .or(() -> Optional.of(SiteKeys.file(data)).filter(Files::exists).map(MasterKeys::read));
  }

  /**
   * @throws MisuseException if the keys do not come from a file
   */
  Path file(Path data) {
    if (file == null && System.getenv(VARIABLE) != null) {
      throw new MisuseException(
          "The master key comes from the variable "
              + VARIABLE
              + ": change it where that is set, the new key first, a comma, then the one before; or"
              + " use --master-key-file");
    }
    return file == null ? SiteKeys.file(data) : file;
  }

  /**
   * For a process that cannot make a key of its own, since the others would not have it.
   *
   * @throws MasterKeyException if there are none
   */
  MasterKeys required(Path data) {
    return ofSite(data)
        .orElseThrow(
            () ->
                new MasterKeyException(
                    "No master key: all processes of a site need the same 32 bytes, by"
                        + " --master-key-file or the variable FACE_LOGIN_MASTER_KEY. Make them by"
                        + " `(umask 077; head -c 32 /dev/urandom | base64 > master.key)`"));
  }
}
