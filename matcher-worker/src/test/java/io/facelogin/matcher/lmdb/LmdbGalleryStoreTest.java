package io.facelogin.matcher.lmdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.contract.TemplateId;
import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.TestKeys;
import io.facelogin.matcher.gallery.DamagedGalleryException;
import io.facelogin.matcher.gallery.GalleryChange;
import io.facelogin.matcher.gallery.Reference;
import io.facelogin.matcher.gallery.TemplateRecords;
import io.facelogin.matcher.gallery.TestGallery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LmdbGalleryStoreTest {

  private static final long SMALL_MAP_BYTES = 1 << 20;

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private final TestKeys keys = new TestKeys();

  @Test
  void templatesAndOffsetsAreThereAfterReopening() throws IOException {
    Reference reference = reference(1);
    try (LmdbGalleryStore store = open()) {
      store.apply(List.of(new GalleryChange.Enrolled(reference)), Map.of(3, 17L));
      store.apply(List.of(new GalleryChange.Enrolled(reference(2))), Map.of(3, 18L, 0, 1L));
      store.apply(List.of(new GalleryChange.Erased(new TemplateId("t2"))), Map.of(3, 19L));
    }
    try (LmdbGalleryStore store = open()) {
      assertThat(store.nextOffsets()).isEqualTo(Map.of(3, 19L, 0, 1L));
      List<Reference> all = all(store);
      assertThat(all).hasSize(1);
      assertThat(TemplateRecords.toRecord(all.get(0)))
          .isEqualTo(TemplateRecords.toRecord(reference));
    }
  }

  @Test
  void aTemplateWhoseKeyIsGoneIsGone() throws IOException {
    try (LmdbGalleryStore store = open()) {
      store.apply(
          List.of(
              new GalleryChange.Enrolled(reference(1)), new GalleryChange.Enrolled(reference(4))),
          Map.of());
      keys.forget("p0");
      assertThat(all(store)).extracting(Reference::template).containsExactly(new TemplateId("t4"));
    }
  }

  @Test
  void noVectorLiesInTheFileInThePlain() throws IOException {
    try (LmdbGalleryStore store = open()) {
      store.apply(List.of(new GalleryChange.Enrolled(reference(1))), Map.of());
    }
    float[] vector = reference(1).vector();
    byte[] part = new byte[8 * Float.BYTES];
    ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector, 0, 8);
    assertThat(new String(Files.readAllBytes(folder.resolve("data.mdb")), ISO_8859_1))
        .contains("t1")
        .doesNotContain(new String(part, ISO_8859_1));
  }

  @Test
  void theMapGrowsWhenItIsFull() throws IOException {
    try (LmdbGalleryStore store = open()) {
      for (int i = 0; i < 3_000; i += 100) {
        List<GalleryChange> changes = new ArrayList<>();
        for (int j = i; j < i + 100; j++) {
          changes.add(new GalleryChange.Enrolled(reference(j)));
        }
        store.apply(changes, Map.of(0, (long) i));
      }
      assertThat(all(store)).hasSize(3_000);
    }
    try (LmdbGalleryStore store = open()) {
      assertThat(all(store)).hasSize(3_000);
      assertThat(store.nextOffsets()).isEqualTo(Map.of(0, 2_900L));
    }
  }

  @Test
  void aFlippedBitInATemplateIsNoticed() throws IOException {
    fill();
    Path data = folder.resolve("data.mdb");
    byte[] bytes = Files.readAllBytes(data);
    // In every page that it ever stood in.
    String content = new String(bytes, ISO_8859_1);
    int flipped = 0;
    for (int at = content.indexOf("t1\u0012\u0002p0");
        at >= 0;
        at = content.indexOf("t1\u0012\u0002p0", at + 1)) {
      bytes[at + 100] ^= 1;
      flipped++;
    }
    assertThat(flipped).isPositive();
    Files.write(data, bytes);
    try (LmdbGalleryStore store = open()) {
      assertThatThrownBy(() -> all(store))
          .isInstanceOf(DamagedGalleryException.class)
          .hasMessageContaining("checksum");
    }
  }

  @Test
  void cutOffAndForeignFilesAreNoticedAndSetAside() throws IOException {
    fill();
    Path data = folder.resolve("data.mdb");
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(this::open).isInstanceOf(DamagedGalleryException.class);
    Files.write(data, new byte[20_000]);
    assertThatThrownBy(this::open).isInstanceOf(DamagedGalleryException.class);
    Path aside = LmdbGalleryStore.setAside(folder);
    assertThat(aside.resolve("data.mdb")).exists();
    try (LmdbGalleryStore store = open()) {
      assertThat(all(store)).isEmpty();
    }
  }

  @Test
  void aCopyOfAnotherTopicIsNotUsed() throws IOException {
    fill();
    assertThatThrownBy(
            () -> LmdbGalleryStore.open(folder, "gallery 2", SMALL_MAP_BYTES, keys, CLOCK))
        .isInstanceOf(DamagedGalleryException.class)
        .hasMessageContaining("gallery 1");
  }

  @Test
  void aCopyThatSleptLongerThanTombstonesAreKeptIsNotUsed() throws IOException {
    fill();
    Clock soon = Clock.offset(CLOCK, Duration.ofDays(24));
    LmdbGalleryStore.open(folder, "gallery 1", SMALL_MAP_BYTES, keys, soon).close();
    Clock late = Clock.offset(CLOCK, Duration.ofDays(26));
    assertThatThrownBy(
            () -> LmdbGalleryStore.open(folder, "gallery 1", SMALL_MAP_BYTES, keys, late))
        .isInstanceOf(DamagedGalleryException.class)
        .hasMessageContaining("erased");
  }

  private void fill() throws IOException {
    try (LmdbGalleryStore store = open()) {
      for (int i = 0; i < 100; i++) {
        store.apply(List.of(new GalleryChange.Enrolled(reference(i))), Map.of(0, (long) i));
      }
    }
  }

  private LmdbGalleryStore open() throws IOException {
    return LmdbGalleryStore.open(folder, "gallery 1", SMALL_MAP_BYTES, keys, CLOCK);
  }

  private static Reference reference(int number) {
    return TestGallery.reference(
        "t" + number, "p" + number / 3, TestFaces.MODEL, TestFaces.person(number));
  }

  private static List<Reference> all(LmdbGalleryStore store) {
    List<Reference> all = new ArrayList<>();
    store.forEach(all::add);
    return all;
  }
}
