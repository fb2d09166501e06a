package io.facelogin.models.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a zip archive in memory. Refuses archives that blow up: weights hardly compress,
 * so an archive that promises much more than it holds is no weight file.
 */
final class ZipContent {

  private static final long MAX_GROWTH = 64;
  private static final long ALWAYS_ALLOWED_BYTES = 16 << 20;
  private static final int MAX_ENTRIES = 100_000;

  private ZipContent() {}

  static boolean looksLikeOne(byte[] file) {
    return file.length > 4 && file[0] == 'P' && file[1] == 'K' && file[2] == 3 && file[3] == 4;
  }

  static Map<String, byte[]> read(String origin, byte[] file) throws UnusableWeightsException {
    Path copy = null;
    try {
      // Java reads an archive's directory, which PyTorch relies on, only from a file.
      copy = Files.createTempFile("weights", ".zip");
      Files.write(copy, file);
      try (ZipFile zip = new ZipFile(copy.toFile())) {
        return entries(origin, zip, file.length);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusableWeightsException(origin + " is truncated or altered: " + e.getMessage(), e);
    } finally {
      delete(copy);
    }
  }

  private static Map<String, byte[]> entries(String origin, ZipFile zip, long fileBytes)
      throws IOException, UnusableWeightsException {
    long left =
        Math.min(WeightFormats.MAX_FILE_BYTES, ALWAYS_ALLOWED_BYTES + MAX_GROWTH * fileBytes);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    if (zip.size() > MAX_ENTRIES) {
      throw new UnusableWeightsException(origin + " has " + zip.size() + " entries");
    }
    for (ZipEntry entry : zip.stream().toList()) {
      if (entry.isDirectory()) {
        continue;
      }
      long size = entry.getSize();
      if (size < 0 || size > left) {
        throw new UnusableWeightsException(
            "%s: entry %s announces %d bytes, more than a weight file of %d bytes can hold"
                .formatted(origin, entry.getName(), size, fileBytes));
      }
      left -= size;
      entries.put(entry.getName(), content(origin, zip, entry, (int) size));
    }
    return entries;
  }

  private static byte[] content(String origin, ZipFile zip, ZipEntry entry, int size)
      throws IOException, UnusableWeightsException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(size);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      if (bytes.length != size || crc.getValue() != entry.getCrc()) {
        throw new UnusableWeightsException(
            origin + " is altered: entry " + entry.getName() + " does not match its checksum");
      }
      return bytes;
    }
  }

  private static void delete(@Nullable Path copy) {
    if (copy != null) {
      copy.toFile().delete();
    }
  }
}
