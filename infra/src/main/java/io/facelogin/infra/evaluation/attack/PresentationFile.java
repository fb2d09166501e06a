package io.facelogin.infra.evaluation.attack;

import io.facelogin.infra.evaluation.UnusablePairFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads labels.csv of a folder: a line of column names with file, label (live or attack) and kind,
 * in any order among others. Names are relative to the folder and have no commas.
 */
public final class PresentationFile {

  public static final String NAME = "labels.csv";

  private PresentationFile() {}

  /**
   * @throws UnusablePairFileException naming the line and what is wrong there
   */
  public static List<Presentation> read(Path folder) throws UnusablePairFileException {
    Path file = folder.resolve(NAME);
    List<String> lines = lines(file);
    List<String> columns =
        lines.isEmpty()
            ? List.of()
            : cells(lines.get(0)).stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
    if (!columns.containsAll(List.of("file", "label", "kind"))) {
      throw new UnusablePairFileException(
          file + " must name the columns file, label and kind in its first line");
    }
    List<Presentation> presentations = new ArrayList<>();
    for (int line = 1; line < lines.size(); line++) {
      if (!lines.get(line).isBlank()) {
        presentations.add(
            presentation(file + " line " + (line + 1), folder, columns, cells(lines.get(line))));
      }
    }
    if (presentations.isEmpty()) {
      throw new UnusablePairFileException(file + " lists nothing below its first line");
    }
    return presentations;
  }

  private static List<String> lines(Path file) throws UnusablePairFileException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new UnusablePairFileException(
          "There is no "
              + file
              + ": a folder of attacks needs one with the columns file, label (live or attack) and"
              + " kind");
    } catch (IOException e) {
      throw new UnusablePairFileException(file + " cannot be read (" + e + ")");
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private static Presentation presentation(
      String place, Path folder, List<String> columns, List<String> cells)
      throws UnusablePairFileException {
    if (cells.size() != columns.size()) {
      throw new UnusablePairFileException(
          place + " has " + cells.size() + " columns instead of " + columns.size());
    }
    String label = cells.get(columns.indexOf("label"));
    boolean attack =
        switch (label.toLowerCase(Locale.ROOT)) {
          case "live", "genuine", "bona-fide" -> false;
          case "attack", "spoof" -> true;
          default ->
              throw new UnusablePairFileException(
                  place + ": label must be live or attack, got " + label);
        };
    Path file = folder.resolve(cells.get(columns.indexOf("file")));
    if (!Files.isRegularFile(file)) {
      throw new UnusablePairFileException(place + " names " + file + ", which is not there");
    }
    return new Presentation(file, attack, cells.get(columns.indexOf("kind")));
  }
}
