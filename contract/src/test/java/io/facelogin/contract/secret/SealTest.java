package io.facelogin.contract.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {

  private static final byte[] PLAIN = "Ada Lovelace".getBytes(StandardCharsets.UTF_8);

  private final MasterKeys masters = MasterKeys.passing();

  @TempDir private Path folder;

  @Test
  void whatWasSealedOpensAgainAndLooksDifferentEachTime() {
    byte[] once = masters.seal("name", "1", PLAIN);
    byte[] twice = masters.seal("name", "1", PLAIN);

    assertThat(masters.open("name", "1", once)).isEqualTo(PLAIN);
    assertThat(twice).isNotEqualTo(once).hasSize(PLAIN.length + SealLayout.OVERHEAD_BYTES);
    assertThat(new String(once, StandardCharsets.ISO_8859_1)).doesNotContain("Lovelace");
  }

  @Test
  void anotherMasterKeyDoesNotOpen() {
    byte[] sealed = masters.seal("name", "1", PLAIN);
    MasterKeys others = MasterKeys.passing();

    assertThatThrownBy(() -> others.open("name", "1", sealed))
        .isInstanceOf(BrokenSealException.class)
        .hasMessageContaining(masters.currentId())
        .hasMessageContaining(others.currentId());
  }

  @Test
  void everyAlteredByteIsNoticed() {
    byte[] sealed = masters.seal("name", "1", PLAIN);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> masters.open("name", "1", altered))
          .isInstanceOf(BrokenSealException.class);
    }
  }

  @Test
  void everyTruncatedLengthIsNoticed() {
    byte[] sealed = masters.seal("name", "1", PLAIN);
    for (int length = 0; length < sealed.length; length++) {
      byte[] shorter = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> masters.open("name", "1", shorter))
          .isInstanceOf(BrokenSealException.class);
    }
  }

  @Test
  void sealedBytesCannotTakeThePlaceOfOthers() {
    DataKey key = DataKey.fresh();
    byte[] sealed = key.seal("template", "ada/1", PLAIN);

    assertThatThrownBy(() -> key.open("template", "ada/2", sealed))
        .isInstanceOf(BrokenSealException.class);
    assertThatThrownBy(() -> key.open("sample", "ada/1", sealed))
        .isInstanceOf(BrokenSealException.class);
    assertThatThrownBy(() -> DataKey.fresh().open("template", "ada/1", sealed))
        .isInstanceOf(BrokenSealException.class);
  }

  @Test
  void aWrappedKeyOpensWhatItSealedAndOnlyForItsOwner() {
    DataKey key = DataKey.fresh();
    byte[] wrapped = key.wrap(masters, "person-key", "ada");
    byte[] sealed = key.seal("template", "ada/1", PLAIN);

    assertThat(
            DataKey.unwrap(masters, "person-key", "ada", wrapped).open("template", "ada/1", sealed))
        .isEqualTo(PLAIN);
    assertThatThrownBy(() -> DataKey.unwrap(masters, "person-key", "bob", wrapped))
        .isInstanceOf(BrokenSealException.class);
  }

  @Test
  void textsShowIdsAndNoSecrets() throws Exception {
    Path file = folder.resolve("master.key");
    MasterKeys fromFile = MasterKeys.readOrMake(file);
    String secret = Files.readString(file).strip();

    assertThat(fromFile.toString()).contains(fromFile.currentId()).doesNotContain(secret);
    assertThat(MasterKey.parse(secret).toString()).doesNotContain(secret);
    assertThat(DataKey.fresh().toString()).hasSize("key ".length() + 16);
  }

  @Test
  void theFileIsMadeOnceForItsOwnerAlone() throws Exception {
    Path file = folder.resolve("keys").resolve("master.key");
    String first = MasterKeys.readOrMake(file).currentId();

    assertThat(MasterKeys.readOrMake(file).currentId()).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> MasterKeys.read(file))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void missingAndWrongFilesAreSaidWithoutQuotingThem() throws Exception {
    Path file = folder.resolve("master.key");
    assertThatThrownBy(() -> MasterKeys.read(file))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("no master key file");
    assertThatThrownBy(() -> MasterKeys.parse("c2hvcnQ=", "FACE_LOGIN_MASTER_KEY"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageStartingWith("FACE_LOGIN_MASTER_KEY must hold")
        .hasMessageNotContaining("c2hvcnQ");
  }

  @Test
  void aRotationIsNoticedWithoutARestart() {
    Path file = folder.resolve("master.key");
    MasterKeys rotating = MasterKeys.readOrMake(file);
    MasterKeys running = MasterKeys.read(file);
    byte[] before = running.seal("name", "1", PLAIN);
    String added = MasterKeyFile.add(file);
    rotating.refresh();
    byte[] after = rotating.seal("name", "1", PLAIN);

    assertThat(MasterKeys.sealedBy(after)).contains(added);
    assertThat(running.open("name", "1", after)).isEqualTo(PLAIN);
    assertThat(running.currentId()).isEqualTo(added);
    assertThat(rotating.open("name", "1", before)).isEqualTo(PLAIN);

    MasterKeyFile.forgetOlder(file);
    rotating.refresh();
    assertThat(rotating.open("name", "1", after)).isEqualTo(PLAIN);
    assertThatThrownBy(() -> rotating.open("name", "1", before))
        .isInstanceOf(BrokenSealException.class);
  }

  @Test
  void whoOnlySealsNoticesARotationToo() {
    Path file = folder.resolve("master.key");
    MasterKeys.readOrMake(file);
    Instant start = Instant.parse("2026-01-01T12:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(start);
    InstantSource clock = now::get;
    MasterKeys running = MasterKeys.read(file, clock.withZone(ZoneOffset.UTC));
    running.seal("name", "1", PLAIN);
    String added = MasterKeyFile.add(file);
    now.set(start.plus(MasterKeys.LOOK_EVERY));

    assertThat(MasterKeys.sealedBy(running.seal("name", "1", PLAIN))).contains(added);
  }

  @Test
  void severalKeysMayComeFromTheEnvironment() {
    String key = Base64.getEncoder().encodeToString(new byte[MasterKey.BYTES]);
    assertThat(MasterKeys.parse(key + "," + key, "FACE_LOGIN_MASTER_KEY").ids()).hasSize(2);
  }
}
