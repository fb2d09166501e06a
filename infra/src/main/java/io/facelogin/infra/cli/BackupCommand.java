package io.facelogin.infra.cli;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.rest.RefusedException;
import io.facelogin.infra.rest.SiteConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Writes everything that makes a site into one sealed file, while the site runs. */
@Command(
    name = "backup",
    description = "Write the whole site into one sealed file, while it runs.",
    footer = {
      "",
      "Example: face-login backup /backups/monday.backup",
      "The file is sealed by the site's master key, which is not in it: keep a copy of that"
          + " elsewhere,",
      "without it the backup is worth nothing. Into the folder of the backup the site goes on to"
          + " write",
      "who is erased, so that nobody comes back with `restore`; with --server it cannot.",
      "What cameras see, tokens and signing keys are not in it."
    })
final class BackupCommand implements Callable<Integer> {

  private static final Duration TELL_EVERY = Duration.ofSeconds(2);

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private SiteOptions site;
  @Mixin private JsonOutput json;

  @Option(names = "--force", description = "replace FILE if it is there already")
  private boolean force;

  @Parameters(paramLabel = "FILE", description = "to be made, in a folder that is there")
  private Path file;

  @Override
  public Integer call() throws Exception {
    Path wanted = file.toAbsolutePath().normalize();
    Path folder = wanted.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new MisuseException("There is no folder " + folder + " for the backup: make it first");
    }
    if (Files.exists(wanted) && !force) {
      throw new MisuseException(
          "There is a file " + wanted + " already. Name another one, or replace it with --force");
    }
    try (var open = site.open(global, spec.commandLine().getErr())) {
      long bytes = write(open.connection(), wanted, folder);
      report(wanted, bytes);
      return ExitCode.DONE;
    } catch (RefusedException e) {
      throw new MisuseException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new OutsideMissingException("The backup could not be made (" + e + ")", e);
    }
  }

  private long write(SiteConnection connection, Path wanted, Path folder)
      throws IOException, RefusedException {
    JsonNode before = connection.get("/backups").path("lastId");
    Path fresh =
        Files.createTempFile(
            folder,
            "." + wanted.getFileName(),
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      long bytes;
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel);
          InputStream in = connection.stream("/backups" + query(folder))) {
        bytes = copy(in, out);
        channel.force(true);
      }
      // The site writes a backup down when all of it is sent but the end.
      if (connection.get("/backups").path("lastId").equals(before)) {
        throw new IOException("the site did not finish it; its log says why");
      }
      move(fresh, wanted);
      return bytes;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private void move(Path fresh, Path wanted) throws IOException {
    if (force) {
      Files.move(
          fresh, wanted, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      // Unlike a move, a link never replaces a file that somebody made meanwhile.
      Files.createLink(wanted, fresh);
    }
  }

  private String query(@Nullable Path folder) {
    return site.isElsewhere() || folder == null
        ? ""
        : "?folder=" + URLEncoder.encode(folder.toString(), StandardCharsets.UTF_8);
  }

  private long copy(InputStream in, OutputStream out) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Instant told = Instant.now();
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      copied += read;
      if (Duration.between(told, Instant.now()).compareTo(TELL_EVERY) > 0) {
        told = Instant.now();
        err.printf("%.1f MB%n", copied / 1e6);
        err.flush();
      }
    }
    return copied;
  }

  private void report(Path wanted, long bytes) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(Map.of("file", wanted.toString(), "bytes", bytes), out);
      return;
    }
    out.printf("Backed up into %s, %.2f MB%n", wanted, bytes / 1e6);
    out.println("It opens with the site's master key only: keep a copy of that elsewhere");
    if (site.isElsewhere()) {
      out.println(
          "Who is erased from now on is not noted beside it: to restore it, export the audit of the"
              + " site by then (face-login audit export) and name it with --erased-since");
    }
  }
}
