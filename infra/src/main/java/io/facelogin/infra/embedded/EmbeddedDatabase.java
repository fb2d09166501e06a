package io.facelogin.infra.embedded;

import io.facelogin.infra.OutsideMissingException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of our own, as a child process on loopback, with its files in the data
 * directory; it runs for root and for ordinary users alike.
 *
 * <p>A password is made at the first start and kept beside the data, readable by this user only:
 * other users of the machine cannot read who is enrolled. Commits are on the disk when they return.
 * A server that outlived its killed owner is stopped at the next start.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final String USER = "postgres";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final EmbeddedPostgres postgres;
  private final String password;

  private EmbeddedDatabase(EmbeddedPostgres postgres, String password) {
    this.postgres = postgres;
    this.password = password;
  }

  /**
   * Starts the server and returns when it answers: about 4 s the first time, 1 s later.
   *
   * @param directory holds all of it: {@code cluster}, the unpacked {@code program}, the password
   * @throws OutsideMissingException if the folder cannot be used or the server does not start
   */
  public static EmbeddedDatabase start(Path directory) {
    Path home = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(home);
      Path cluster = home.resolve("cluster");
      stopLeftOver(cluster);
      String password = password(home.resolve("password"));
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setPort(new LoopbackPorts(home.resolve("ports.properties")).choose("database"))
              .setDataDirectory(cluster)
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(new File(home.toFile(), "program"))
              .setRegisterShutdownHook(false)
              // The library hands these to initdb, where they overrule its "trust everybody".
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", home.resolve("password").toString())
              .setConnectConfig("password", password)
              // The library's defaults suit throw-away databases: both off.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "50")
              .setServerConfig("shared_buffers", "64MB")
              .setOutputRedirector(log(home))
              .setErrorRedirector(log(home))
              .setPGStartupWait(START_LIMIT)
              .start();
      return new EmbeddedDatabase(postgres, password);
    } catch (IOException | IllegalStateException e) {
      throw new OutsideMissingException(
          "The embedded PostgreSQL cannot start in "
              + directory
              + ": "
              + e.getMessage()
              + " See server.log there; this user must be allowed to write to that folder"
              + " (--data chooses another). An own PostgreSQL can be used with --database.",
          e);
    }
  }

  private static ProcessBuilder.Redirect log(Path home) {
    return ProcessBuilder.Redirect.appendTo(home.resolve("server.log").toFile());
  }

  private static String password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] secret = new byte[24];
      new SecureRandom().nextBytes(secret);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(secret));
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static void stopLeftOver(Path cluster) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    ProcessHandle server =
        lines.isEmpty() ? null : ProcessHandle.of(Long.parseLong(lines.get(0).trim())).orElse(null);
    // The number may belong to another program by now, for instance after a reboot.
    if (server == null || !server.info().command().orElse("").endsWith("/postgres")) {
      return;
    }
    server.destroy();
    try {
      server.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException(
          "A PostgreSQL server of an earlier run (pid "
              + server.pid()
              + ") still holds "
              + cluster
              + " and does not stop. Stop it with: kill -INT "
              + server.pid(),
          e);
    }
  }

  /** For JDBC, without the credentials. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  /** Stops the server; everything committed is kept. Idempotent. */
  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new IllegalStateException("The embedded PostgreSQL did not stop: " + e.getMessage(), e);
    }
  }
}
