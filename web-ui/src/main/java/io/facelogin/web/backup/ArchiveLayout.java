package io.facelogin.web.backup;

import java.nio.charset.StandardCharsets;

/**
 * The file, version 1; numbers are big-endian:
 *
 * <pre>
 * "FACELOGIN-BACKUP\n"                       17 bytes
 * version                                    4 bytes
 * id, 16 bytes at random                     16 bytes
 * length of the wrapped key, the key         2 bytes, and so many
 * chunks, each: its length, sealed bytes     4 bytes, and so many
 * </pre>
 *
 * A fresh key seals each file, and is itself sealed by the site's master key. Each chunk is sealed
 * for its place (id and number), the last one as the last: none can be altered, taken out, moved,
 * brought from another file or cut off unseen. Joined and opened, the chunks are a ZIP file.
 */
final class ArchiveLayout {

  static final byte[] MAGIC = "FACELOGIN-BACKUP\n".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  static final int ID_BYTES = 16;

  /** Of a chunk before it is sealed. */
  static final int CHUNK_BYTES = 1 << 18;

  /** More than any wrapped key has. */
  static final int MAX_KEY_BYTES = 1_024;

  static final String KEY = "backup-key";
  static final String CHUNK = "backup-chunk";
  static final String LAST_CHUNK = "backup-end";

  private ArchiveLayout() {}

  static String place(String id, long number) {
    return id + " " + number;
  }
}
