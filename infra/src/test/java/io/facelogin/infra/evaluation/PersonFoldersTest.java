package io.facelogin.infra.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonFoldersTest {

  @TempDir Path folder;

  @Test
  void nobodyIsInTwoFoldsAndAllPairsOfOnePersonAreThere() throws Exception {
    people(10, 3);
    LabelledPictures pictures = PersonFolders.read(folder, 5, OptionalInt.empty(), 1);
    assertThat(pictures.peopleCount()).isEqualTo(10);
    assertThat(pictures.pairs().stream().filter(Pair::same)).hasSize(30);
    assertThat(pictures.pairs().stream().filter(pair -> !pair.same())).hasSize(30);
    Map<String, String> foldOf = new HashMap<>();
    Set<String> folds = new HashSet<>();
    for (Pair pair : pictures.pairs()) {
      folds.add(pair.fold());
      for (Path picture : new Path[] {pair.image1(), pair.image2()}) {
        String person = String.valueOf(pictures.people().get(picture));
        assertThat(foldOf.merge(person, pair.fold(), (a, b) -> a)).isEqualTo(pair.fold());
      }
      assertThat(pair.same())
          .isEqualTo(
              String.valueOf(pair.image1().getParent())
                  .equals(String.valueOf(pair.image2().getParent())));
    }
    assertThat(folds).hasSize(5);
    assertThat(new HashSet<>(pictures.pairs())).as("no pair twice").hasSize(60);
  }

  @Test
  void drawnPairsAreTheSameForTheSameSeed() throws Exception {
    people(10, 4);
    var first = PersonFolders.read(folder, 2, OptionalInt.of(15), 1);
    assertThat(PersonFolders.read(folder, 2, OptionalInt.of(15), 1)).isEqualTo(first);
    assertThat(first.pairs().stream().filter(pair -> !pair.same())).hasSize(15);
    assertThat(PersonFolders.read(folder, 2, OptionalInt.of(15), 2)).isNotEqualTo(first);
    // All that there are within two folds of five people: 2 x (20 x 19 / 2 - 5 x 6).
    var all = PersonFolders.read(folder, 2, OptionalInt.of(100_000), 1);
    assertThat(all.pairs().stream().filter(pair -> !pair.same())).hasSize(320);
  }

  @Test
  void whatIsLackingIsSaid() throws Exception {
    assertThatThrownBy(() -> PersonFolders.read(folder, 10, OptionalInt.empty(), 1))
        .hasMessageContaining("has no folder");
    people(1, 3);
    assertThatThrownBy(() -> PersonFolders.read(folder, 10, OptionalInt.empty(), 1))
        .hasMessageContaining("has only one folder");
    Path single = Files.createDirectories(folder.resolve("other"));
    people(3, 1, single);
    assertThatThrownBy(() -> PersonFolders.read(single, 10, OptionalInt.empty(), 1))
        .hasMessageContaining("only one picture of each person");
    assertThatThrownBy(() -> PersonFolders.read(folder.resolve("no"), 10, OptionalInt.empty(), 1))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void foldersOfAListArePeopleOnlyIfNoPairContradictsIt() {
    Pair same = new Pair(Path.of("ann/1.jpg"), Path.of("ann/2.jpg"), true, "", "");
    Pair other = new Pair(Path.of("ann/1.jpg"), Path.of("bob/1.jpg"), false, "", "");
    Pair contrary = new Pair(Path.of("ann/1.jpg"), Path.of("ann/3.jpg"), false, "", "");
    assertThat(LabelledPictures.ofPairs("a", java.util.List.of(same, other)).peopleCount())
        .isEqualTo(2);
    assertThat(LabelledPictures.ofPairs("a", java.util.List.of(same, other, contrary)).people())
        .isEmpty();
  }

  private void people(int count, int pictures) throws Exception {
    people(count, pictures, folder);
  }

  private static void people(int count, int pictures, Path in) throws Exception {
    for (int person = 0; person < count; person++) {
      Path own = Files.createDirectories(in.resolve("person" + person));
      for (int i = 0; i < pictures; i++) {
        Files.writeString(own.resolve(i + ".jpg"), "");
      }
      Files.writeString(own.resolve("notes.txt"), "no picture");
    }
  }
}
