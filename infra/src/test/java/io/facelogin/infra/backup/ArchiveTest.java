package io.facelogin.infra.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.web.backup.ArchiveInput;
import io.facelogin.web.backup.ArchiveOutput;
import io.facelogin.web.backup.UnusableBackupException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A backup's sealed envelope: all of it comes out as it went in, or none of it is trusted. */
class ArchiveTest {

  private static final MasterKeys KEYS = MasterKeys.passing();
  private static final int CHUNK = 1 << 18;
  private static final int VERSION_AT = 17;

  @Test
  void whatWentInComesOutWhateverItsLength() throws IOException {
    for (int length : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK}) {
      byte[] content = content(length);
      assertThat(opened(sealed(content), KEYS)).as("%d bytes", length).isEqualTo(content);
    }
  }

  @Test
  void anotherMasterKeyIsNamed() throws IOException {
    byte[] sealed = sealed(content(100));
    MasterKeys other = MasterKeys.passing();
    assertThatThrownBy(() -> opened(sealed, other))
        .isInstanceOf(UnusableBackupException.class)
        .hasMessageContaining(KEYS.currentId())
        .hasMessageContaining(other.currentId())
        .hasMessageContaining("--master-key-file");
  }

  @Test
  void newerVersionIsNamed() throws IOException {
    byte[] sealed = sealed(content(100));
    sealed[VERSION_AT + 3]++;
    assertThatThrownBy(() -> opened(sealed, KEYS))
        .isInstanceOf(UnusableBackupException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void fileThatEndsBetweenTwoChunksIsCutOff() throws IOException {
    byte[] whole = sealed(content(2 * CHUNK));
    byte[] shorter = sealed(content(CHUNK + 1));
    int lastChunk = 4 + 1 + 38;
    byte[] cut = Arrays.copyOf(whole, shorter.length - lastChunk);
    assertThatThrownBy(() -> opened(cut, KEYS))
        .isInstanceOf(UnusableBackupException.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void chunksOfAnotherFileDoNotFit() throws IOException {
    byte[] one = sealed(content(100));
    byte[] other = sealed(content(100));
    int tail = 4 + 100 + 38;
    System.arraycopy(other, other.length - tail, one, one.length - tail, tail);
    assertThatThrownBy(() -> opened(one, KEYS)).isInstanceOf(UnusableBackupException.class);
  }

  @Property(tries = 300)
  void alteredByteIsNeverTakenForTheTruth(
      @ForAll @IntRange(max = 10_000) int at, @ForAll @IntRange(min = 1, max = 255) int change)
      throws IOException {
    byte[] sealed = sealed(content(5_000));
    sealed[at % sealed.length] ^= (byte) change;
    assertThatThrownBy(() -> opened(sealed, KEYS)).isInstanceOf(UnusableBackupException.class);
  }

  @Property(tries = 300)
  void cutOrLengthenedFileIsRefused(@ForAll @IntRange(max = 10_000) int length) throws IOException {
    byte[] sealed = sealed(content(5_000));
    byte[] other = Arrays.copyOf(sealed, length);
    if (length != sealed.length) {
      assertThatThrownBy(() -> opened(other, KEYS)).isInstanceOf(UnusableBackupException.class);
    }
  }

  @Property(tries = 300)
  void anyBytesAreRefusedInWords(@ForAll byte[] bytes, @ForAll boolean withMagic)
      throws IOException {
    byte[] head = Arrays.copyOf(sealed(content(0)), withMagic ? VERSION_AT + 4 : 0);
    byte[] file = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, file, head.length, bytes.length);
    assertThatThrownBy(() -> opened(file, KEYS)).isInstanceOf(UnusableBackupException.class);
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  private static byte[] sealed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArchiveOutput out = new ArchiveOutput(bytes, KEYS)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] opened(byte[] file, MasterKeys keys) throws IOException {
    try (ArchiveInput in = new ArchiveInput(new ByteArrayInputStream(file), "a.backup", keys)) {
      byte[] content = in.readAllBytes();
      in.finish();
      return content;
    }
  }
}
