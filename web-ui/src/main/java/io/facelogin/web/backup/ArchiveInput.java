package io.facelogin.web.backup;

import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.secret.SealLayout;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Opens a backup chunk by chunk; whatever is handed out was written by whoever had the master key.
 * {@link #finish()} says whether it was all. For one thread.
 */
public final class ArchiveInput extends InputStream {

  private final DataInputStream in;
  private final String name;
  private final DataKey key;
  private final String id;
  private byte[] chunk = {};
  private int at;
  private long number;
  private boolean ended;

  /**
   * @param name of the file, for messages
   * @throws UnusableBackupException if it is no backup, of a newer version, or sealed by another
   *     master key
   */
  public ArchiveInput(InputStream in, String name, MasterKeys masters) throws IOException {
    this.in = new DataInputStream(new BufferedInputStream(in, ArchiveLayout.CHUNK_BYTES));
    this.name = name;
    try {
      requireOurs();
      id = HexFormat.of().formatHex(bytes(ArchiveLayout.ID_BYTES));
      int length = this.in.readUnsignedShort();
      if (length > ArchiveLayout.MAX_KEY_BYTES) {
        throw damaged();
      }
      key = DataKey.unwrap(masters, ArchiveLayout.KEY, id, bytes(length));
    } catch (EOFException e) {
      throw new UnusableBackupException(name + " is cut off within its header. Use a whole copy.");
    } catch (BrokenSealException e) {
      throw new UnusableBackupException(
          name
              + " cannot be opened: "
              + e.getMessage()
              + ". Name the master key of the site that made it with --master-key-file; if that is"
              + " the right one, the file is damaged: use another copy.");
    }
  }

  private void requireOurs() throws IOException {
    byte[] magic = in.readNBytes(ArchiveLayout.MAGIC.length);
    if (!Arrays.equals(magic, ArchiveLayout.MAGIC)) {
      throw new UnusableBackupException(name + " is no backup of face-login.");
    }
    int version = in.readInt();
    if (version != ArchiveLayout.VERSION) {
      throw new UnusableBackupException(
          name
              + " has version "
              + version
              + " of the format; this program reads version "
              + ArchiveLayout.VERSION
              + ". Use the program that made it, or a newer one.");
    }
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private UnusableBackupException damaged() {
    return new UnusableBackupException(
        name + " is damaged or was altered. Use another copy of it.");
  }

  /** Tells files apart. */
  public String id() {
    return id;
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, target, offset, taken);
    at += taken;
    return taken;
  }

  private boolean fill() throws IOException {
    while (at == chunk.length && !ended) {
      open();
    }
    return at < chunk.length;
  }

  private void open() throws IOException {
    try {
      int length = in.readInt();
      if (length < SealLayout.OVERHEAD_BYTES
          || length > ArchiveLayout.CHUNK_BYTES + SealLayout.OVERHEAD_BYTES) {
        throw damaged();
      }
      byte[] sealed = bytes(length);
      in.mark(1);
      ended = in.read() < 0;
      in.reset();
      chunk = opened(sealed, ArchiveLayout.place(id, number++));
      at = 0;
    } catch (EOFException e) {
      throw cutOff();
    } catch (BrokenSealException e) {
      throw damaged();
    }
  }

  private byte[] opened(byte[] sealed, String place) {
    if (!ended) {
      return key.open(ArchiveLayout.CHUNK, place, sealed);
    }
    try {
      return key.open(ArchiveLayout.LAST_CHUNK, place, sealed);
    } catch (BrokenSealException e) {
      key.open(ArchiveLayout.CHUNK, place, sealed);
      throw cutOff(); // between two chunks
    }
  }

  private UnusableBackupException cutOff() {
    return new UnusableBackupException(name + " is cut off. Use a whole copy of it.");
  }

  /**
   * Reads to the end.
   *
   * @throws UnusableBackupException if it is cut off or damaged up to there
   */
  public void finish() throws IOException {
    while (fill()) {
      at = chunk.length;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
