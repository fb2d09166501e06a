package io.facelogin.matcher.index;

import io.facelogin.contract.TemplateId;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * What a file of the index does not say itself: whose its vectors are, how it was built, and a
 * checksum of both files. Written last, so an index without it is one that was not finished.
 */
record SavedIndex(String madeBy, int searchK, double recall, List<TemplateId> templates) {

  private static final String SUFFIX = ".ids";
  private static final int BUFFER_BYTES = 1 << 20;

  static Path beside(Path index) {
    return index.resolveSibling(index.getFileName() + SUFFIX);
  }

  void write(Path index) throws IOException {
    Path partial = index.resolveSibling(index.getFileName() + ".partial");
    CheckedOutputStream checked;
    try (OutputStream file = Files.newOutputStream(partial)) {
      checked = new CheckedOutputStream(new BufferedOutputStream(file, BUFFER_BYTES), new CRC32C());
      DataOutputStream out = new DataOutputStream(checked);
      out.writeUTF(madeBy);
      out.writeLong(checksum(index));
      out.writeInt(searchK);
      out.writeDouble(recall);
      out.writeInt(templates.size());
      for (TemplateId template : templates) {
        out.writeUTF(template.value());
      }
      out.flush();
      out.writeLong(checked.getChecksum().getValue());
      out.flush();
    }
    Files.move(partial, beside(index), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * @throws IOException if either file is missing, damaged or of another make; the message says
   *     what
   */
  static SavedIndex read(Path index, String madeBy) throws IOException {
    try (InputStream file = Files.newInputStream(beside(index));
        CheckedInputStream checked =
            new CheckedInputStream(new BufferedInputStream(file, BUFFER_BYTES), new CRC32C());
        DataInputStream in = new DataInputStream(checked)) {
      String found = in.readUTF();
      if (!found.equals(madeBy)) {
        throw new IOException("it was made by " + found + ", wanted is " + madeBy);
      }
      long indexChecksum = in.readLong();
      int searchK = in.readInt();
      double recall = in.readDouble();
      int count = in.readInt();
      if (count < 1 || count > Files.size(beside(index))) {
        throw new IOException("its list of templates is damaged");
      }
      List<TemplateId> templates = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        templates.add(new TemplateId(in.readUTF()));
      }
      long wanted = checked.getChecksum().getValue();
      if (in.readLong() != wanted) {
        throw new IOException("its list of templates has a wrong checksum");
      }
      if (checksum(index) != indexChecksum) {
        throw new IOException("it has a wrong checksum");
      }
      return new SavedIndex(found, searchK, recall, templates);
    } catch (EOFException | IllegalArgumentException e) {
      throw new IOException("its list of templates is damaged", e);
    }
  }

  /** Reads the whole file once, which also brings it into memory before the first search. */
  private static long checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read; (read = in.read(buffer)) >= 0; ) {
        checksum.update(buffer, 0, read);
      }
    }
    return checksum.getValue();
  }
}
