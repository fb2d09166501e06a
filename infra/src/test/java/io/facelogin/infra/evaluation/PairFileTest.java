package io.facelogin.infra.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairFileTest {

  @TempDir Path folder;

  @Test
  void columnsMayComeInAnyOrderAndNamesAreRelativeToTheFile() throws Exception {
    Path file = write("same,image2,fold,image1\n1,b/2.jpg,7,a/1.jpg\n\nfalse,d.jpg,8,c.jpg\n");
    assertThat(PairFile.read(file))
        .containsExactly(
            new Pair(folder.resolve("a/1.jpg"), folder.resolve("b/2.jpg"), true, "7", ""),
            new Pair(folder.resolve("c.jpg"), folder.resolve("d.jpg"), false, "8", ""));
  }

  @Test
  void faultsNameTheLine() throws Exception {
    Path wrong = write("image1,image2,same\na.jpg,b.jpg,1\na.jpg,b.jpg,perhaps\n");
    assertThatThrownBy(() -> PairFile.read(wrong))
        .hasMessageContaining("line 3")
        .hasMessageContaining("perhaps");
    Path lacking = write("image1,same\na.jpg,1\n");
    assertThatThrownBy(() -> PairFile.read(lacking)).hasMessageContaining("image2");
    Path missing = folder.resolve("none.csv");
    assertThatThrownBy(() -> PairFile.read(missing)).hasMessageContaining("There is no file");
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("pairs.csv"), text);
  }
}
