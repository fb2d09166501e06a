package io.facelogin.jannoy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file while it is being made: it lies beside its destination, so that it can take the name in
 * one step, and goes away when the build fails. Owned by one builder; written by one thread at a
 * time.
 */
final class PartialFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
  private long bufferAtByte;

  PartialFile(Path directory) throws IOException {
    path = Files.createTempFile(directory, "annoy-", ".partial");
    channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  FileChannel channel() {
    return channel;
  }

  /** Writes words at a byte position; neighbouring writes are gathered. */
  void write(long atByte, int[] words, int offset, int length) {
    if (atByte != bufferAtByte + buffer.position()) {
      flush();
      bufferAtByte = atByte;
    }
    for (int i = 0; i < length; i++) {
      if (buffer.remaining() < 4) {
        flush();
      }
      buffer.putInt(words[offset + i]);
    }
  }

  void flush() {
    try {
      buffer.flip();
      long at = bufferAtByte;
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
      bufferAtByte = at;
      buffer.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the index file " + path, e);
    }
  }

  /** After this, the destination is the whole new file, also after a power cut; before, the old. */
  void become(Path destination) throws IOException {
    flush();
    channel.force(true);
    Files.move(
        path, destination, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
