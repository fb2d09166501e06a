package io.facelogin.models.store;

import io.facelogin.models.manifest.Manifest.WeightFile;
import io.facelogin.models.weights.UnusableWeightsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Gets one file into its place. What arrived of a broken download stays beside it as NAME.part and
 * is continued the next time. The file itself appears only when size and sha256 are right, in one
 * step.
 */
final class Download {

  private static final int TRIES = 3;
  private static final int CONNECT_MS = 20_000;

  /** How long a server may say nothing in the middle of a file. */
  private static final int STALL_MS = 30_000;

  private final WeightFile file;
  private final Path target;
  private final Path partial;
  private final FetchProgress progress;

  Download(WeightFile file, Path target, FetchProgress progress) {
    this.file = file;
    this.target = target;
    this.partial = target.resolveSibling(target.getFileName() + ".part");
    this.progress = progress;
  }

  /** Bytes that somebody already has, such as an entry of an archive. */
  void accept(byte[] bytes, String from) throws IOException, UnusableWeightsException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    try (FileChannel channel = openPartial()) {
      lock(channel);
      channel.truncate(0);
      progress.started(file.name(), 0, file.sizeBytes());
      write(channel, ByteBuffer.wrap(bytes));
      progress.reached(bytes.length);
    } finally {
      progress.ended();
    }
    finish(from);
  }

  /**
   * From an address (http, https, file), with a bounded number of tries, each continuing the last.
   */
  void from(URI address) throws IOException, UnusableWeightsException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    boolean continued = Files.exists(partial) && Files.size(partial) > 0;
    getAll(address);
    try {
      finish(address.toString());
    } catch (UnusableWeightsException e) {
      if (!continued) {
        throw e;
      }
      // What an earlier fetch left may be of another source or version: once more from the start.
      getAll(address);
      finish(address.toString());
    }
  }

  private void getAll(URI address) throws IOException {
    try (FileChannel channel = openPartial()) {
      lock(channel);
      for (int attempt = 1; channel.size() != file.sizeBytes(); attempt++) {
        try {
          attempt(address, channel);
        } catch (IOException e) {
          if (attempt == TRIES || e instanceof NotThere) {
            throw e;
          }
        }
      }
    } finally {
      progress.ended();
    }
  }

  /** The server answered, and it has no such file: trying again will not help. */
  private static final class NotThere extends IOException {
    private static final long serialVersionUID = 1L;

    NotThere(String message) {
      super(message);
    }
  }

  private void attempt(URI address, FileChannel channel) throws IOException {
    if (channel.size() > file.sizeBytes()) {
      channel.truncate(0);
    }
    URLConnection connection = address.toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MS);
    connection.setReadTimeout(STALL_MS);
    connection.setRequestProperty("User-Agent", "face-login");
    boolean continues = channel.size() > 0 && connection instanceof HttpURLConnection;
    if (continues) {
      connection.setRequestProperty("Range", "bytes=" + channel.size() + "-");
    }
    if (connection instanceof HttpURLConnection http) {
      int status = http.getResponseCode();
      if (status == 416) {
        channel.truncate(0);
        throw new IOException("the server has less of it than was already here");
      }
      if (status != 200 && status != 206) {
        throw status < 500
            ? new NotThere("the server answered " + status)
            : new IOException("the server answered " + status);
      }
      continues = status == 206;
    }
    if (!continues) {
      channel.truncate(0);
    }
    channel.position(channel.size());
    progress.started(file.name(), channel.size(), file.sizeBytes());
    try (InputStream in = connection.getInputStream()) {
      copy(in, channel);
    }
    if (channel.size() < file.sizeBytes()) {
      throw new IOException(
          "it ended after %d of %d bytes".formatted(channel.size(), file.sizeBytes()));
    }
  }

  private void copy(InputStream in, FileChannel channel) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (channel.size() + read > file.sizeBytes()) {
        channel.truncate(0);
        throw new NotThere("it has more than the %d bytes expected".formatted(file.sizeBytes()));
      }
      write(channel, ByteBuffer.wrap(buffer, 0, read));
      progress.reached(channel.size());
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private FileChannel openPartial() throws IOException {
    return FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Closing the channel unlocks it. */
  private void lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process; the message is the same.
    }
    throw new IOException("another fetch of " + file.name() + " is running");
  }

  private void finish(String from) throws IOException, UnusableWeightsException {
    MessageDigest digest = Checksum.sha256();
    try (InputStream in = Files.newInputStream(partial)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    long size = Files.size(partial);
    try {
      Checksum.require(
          from, size, Checksum.hex(digest.digest()), file, "It was not kept; try another source.");
    } catch (UnusableWeightsException e) {
      Files.delete(partial);
      throw e;
    }
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
