package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `evaluate` says of input that it cannot use, before it opens a network. */
class EvaluateCommandTest {

  @TempDir Path folder;

  @Test
  void whatCannotBeEvaluatedIsSaidInOneLine() throws Exception {
    refused("There is no file", folder.resolve("none.csv").toString());
    refused("has no folder with pictures", folder.toString());
    Files.createDirectories(folder.resolve("ann"));
    Files.writeString(folder.resolve("ann/1.jpg"), "");
    Files.writeString(folder.resolve("ann/2.jpg"), "");
    refused("has only one folder with pictures", folder.toString());
    Path alike =
        Files.writeString(
            folder.resolve("alike.csv"), "image1,image2,same\nann/1.jpg,ann/2.jpg,1\n");
    refused("has no pair of two people", alike.toString());
    Path others =
        Files.writeString(
            folder.resolve("others.csv"), "image1,image2,same\nann/1.jpg,ann/2.jpg,0\n");
    refused("has no pair of one person", others.toString());
    Path missing =
        Files.writeString(
            folder.resolve("missing.csv"), "image1,image2,same\nann/1.jpg,ann/7.jpg,1\n");
    refused("7.jpg, which is not there", missing.toString());
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    refused("--min-face must be 20 to 1000", "--min-face", "3", "pairs.csv");
    refused("--folds must be 1 to 1000, got 0", "--folds", "0", "pairs.csv");
    refused("--min-quality must be 0 to 1", "--min-quality", "1.5", "pairs.csv");
    refused("There is no network facenet2", "--model", "facenet2", "pairs.csv");
    refused("No alignment template is called", "--alignment", "square", "pairs.csv");
    refused("give it alone", "--compare", "--no-mirror", "pairs.csv");
    refused("name one --model", "--calibrate", "a.yaml", "--compare", "pairs.csv");
  }

  private static void refused(String message, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "evaluate";
    System.arraycopy(args, 0, all, 1, args.length);
    Run run = Run.of(all);
    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
    assertThat(run.out()).isEmpty();
  }
}
