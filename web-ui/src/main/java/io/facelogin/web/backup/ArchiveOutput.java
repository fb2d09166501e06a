package io.facelogin.web.backup;

import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Seals what is written to it chunk by chunk; the layout is told at {@link ArchiveLayout}. Only
 * {@link #close()} makes the file whole. For one thread.
 */
public final class ArchiveOutput extends OutputStream {

  private final DataOutputStream out;
  private final DataKey key;
  private final String id;
  private final byte[] chunk = new byte[ArchiveLayout.CHUNK_BYTES];
  private int filled;
  private long number;
  private boolean closed;

  public ArchiveOutput(OutputStream out, MasterKeys masters) throws IOException {
    this.out = new DataOutputStream(out);
    key = DataKey.fresh();
    id = UUID.randomUUID().toString().replace("-", "");
    byte[] wrapped = key.wrap(masters, ArchiveLayout.KEY, id);
    this.out.write(ArchiveLayout.MAGIC);
    this.out.writeInt(ArchiveLayout.VERSION);
    this.out.write(HexFormat.of().parseHex(id));
    this.out.writeShort(wrapped.length);
    this.out.write(wrapped);
  }

  /** Tells files apart. */
  public String id() {
    return id;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (filled == chunk.length) {
        seal(ArchiveLayout.CHUNK);
      }
      int taken = Math.min(end - at, chunk.length - filled);
      System.arraycopy(bytes, at, chunk, filled, taken);
      filled += taken;
      at += taken;
    }
  }

  private void seal(String kind) throws IOException {
    byte[] sealed = key.seal(kind, ArchiveLayout.place(id, number++), Arrays.copyOf(chunk, filled));
    out.writeInt(sealed.length);
    out.write(sealed);
    filled = 0;
  }

  /** Writes the last chunk, without which the file counts as cut off. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      seal(ArchiveLayout.LAST_CHUNK);
      out.close();
    }
  }
}
