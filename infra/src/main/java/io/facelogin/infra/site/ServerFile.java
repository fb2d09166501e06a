package io.facelogin.infra.site;

import io.facelogin.infra.rest.SiteConnection;
import io.facelogin.web.tls.ServedCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How commands find the site that runs on a data directory: {@code run/server.json}, readable by
 * this user only, made anew by each run and removed when it ends.
 *
 * @param url of the pages and the REST interface
 * @param token valid as the administrator's while the process lives
 * @param pid the process
 * @param certificate what it serves https with, the only one that is believed; null without TLS
 */
public record ServerFile(URI url, String token, long pid, @Nullable Path certificate) {

  private static final JsonMapper JSON = new JsonMapper();

  static ServerFile of(URI url, String token, Optional<ServedCertificate> served) {
    return new ServerFile(
        url,
        token,
        ProcessHandle.current().pid(),
        served.map(one -> one.files().certificate().toAbsolutePath()).orElse(null));
  }

  /** A way to speak to it. */
  public SiteConnection connection() {
    return new SiteConnection(url, token, Optional.ofNullable(certificate));
  }

  private static Path in(Path dataDirectory) {
    return dataDirectory.resolve("run").resolve("server.json");
  }

  /**
   * The site that runs on this data directory; a file that a killed process left does not count.
   */
  public static Optional<ServerFile> find(Path dataDirectory) {
    Path file = in(dataDirectory);
    try {
      ServerFile found = JSON.readValue(Files.readString(file), ServerFile.class);
      return ProcessHandle.of(found.pid()).isPresent() ? Optional.of(found) : Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  void write(Path dataDirectory) throws IOException {
    Path file = in(dataDirectory);
    Path fresh = file.resolveSibling("server.json.new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, JSON.writeValueAsString(this));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void remove(Path dataDirectory) throws IOException {
    Files.deleteIfExists(in(dataDirectory));
  }

  /** Without the token, for logs. */
  @Override
  public String toString() {
    return url + " (pid " + pid + ")";
  }
}
