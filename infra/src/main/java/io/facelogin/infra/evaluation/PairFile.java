package io.facelogin.infra.evaluation;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads pairs from CSV: a line of column names with image1, image2, same and optionally fold and
 * group, in any order. Names are relative to the file and have no commas.
 */
public final class PairFile {

  private PairFile() {}

  /**
   * @throws UnusablePairFileException naming the line and what is wrong there
   */
  public static List<Pair> read(Path file) throws UnusablePairFileException {
    List<String> lines = lines(file);
    if (lines.isEmpty()) {
      throw new UnusablePairFileException(file + " is empty");
    }
    List<String> columns =
        cells(lines.get(0)).stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
    for (String needed : List.of("image1", "image2", "same")) {
      if (!columns.contains(needed)) {
        throw new UnusablePairFileException(
            file
                + " has no column "
                + needed
                + ": its first line must name image1, image2, same and optionally fold, group");
      }
    }
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
    List<Pair> pairs = new ArrayList<>();
    for (int line = 1; line < lines.size(); line++) {
      if (!lines.get(line).isBlank()) {
        pairs.add(pair(file + " line " + (line + 1), folder, columns, cells(lines.get(line))));
      }
    }
    if (pairs.isEmpty()) {
      throw new UnusablePairFileException(file + " has no pairs below its first line");
    }
    return pairs;
  }

  private static List<String> lines(Path file) throws UnusablePairFileException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new UnusablePairFileException("There is no file " + file);
    } catch (MalformedInputException e) {
      throw new UnusablePairFileException(file + " is no text in UTF-8");
    } catch (IOException e) {
      throw new UnusablePairFileException(file + " cannot be read (" + e + ")");
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private static Pair pair(String place, Path folder, List<String> columns, List<String> cells)
      throws UnusablePairFileException {
    if (cells.size() != columns.size()) {
      throw new UnusablePairFileException(
          place + " has " + cells.size() + " columns instead of " + columns.size());
    }
    boolean same =
        switch (cells.get(columns.indexOf("same")).toLowerCase(Locale.ROOT)) {
          case "1", "true", "yes" -> true;
          case "0", "false", "no" -> false;
          default ->
              throw new UnusablePairFileException(
                  place + ": same must be 1 or 0, got " + cells.get(columns.indexOf("same")));
        };
    return new Pair(
        image(place, folder, cells.get(columns.indexOf("image1"))),
        image(place, folder, cells.get(columns.indexOf("image2"))),
        same,
        optional(columns, cells, "fold"),
        optional(columns, cells, "group"));
  }

  private static Path image(String place, Path folder, String name)
      throws UnusablePairFileException {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw new UnusablePairFileException(place + ": no file can be called so: " + e.getMessage());
    }
  }

  private static String optional(List<String> columns, List<String> cells, String name) {
    int column = columns.indexOf(name);
    return column < 0 ? "" : cells.get(column);
  }
}
