package io.facelogin.infra.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes pairs of a folder that holds a folder of pictures for each person: all pairs of one person,
 * and of different people as many, drawn with a fixed seed. Folds are of people: nobody is in two.
 */
public final class PersonFolders {

  private static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff");

  private PersonFolders() {}

  /**
   * @param folds how many; fewer where there are not two people for each
   * @param impostorPairs most pairs of different people; absent: as many as there are of one person
   * @throws UnusablePairFileException naming the folder and what it lacks
   */
  public static LabelledPictures read(Path folder, int folds, OptionalInt impostorPairs, long seed)
      throws UnusablePairFileException {
    Map<String, List<Path>> people = people(folder);
    if (people.size() < 2) {
      throw new UnusablePairFileException(
          folder
              + (people.isEmpty() ? " has no folder" : " has only one folder")
              + " with pictures in it: it must hold one for each of at least two people");
    }
    if (people.values().stream().allMatch(pictures -> pictures.size() < 2)) {
      throw new UnusablePairFileException(
          folder + " holds only one picture of each person: there is no pair of one person");
    }
    List<String> order = new ArrayList<>(people.keySet());
    Collections.shuffle(order, new Random(seed));
    int made = Math.min(folds, people.size() / 2);
    List<Pair> genuine = new ArrayList<>();
    List<List<Path>> inFold = new ArrayList<>();
    Map<Path, String> owner = new LinkedHashMap<>();
    for (int fold = 0; fold < made; fold++) {
      inFold.add(new ArrayList<>());
    }
    for (int i = 0; i < order.size(); i++) {
      List<Path> pictures = people.getOrDefault(order.get(i), List.of());
      String fold = made < 2 ? "" : String.valueOf(1 + i % made);
      for (int a = 0; a < pictures.size(); a++) {
        owner.put(pictures.get(a), order.get(i));
        inFold.get(i % made).add(pictures.get(a));
        for (int b = a + 1; b < pictures.size(); b++) {
          genuine.add(new Pair(pictures.get(a), pictures.get(b), true, fold, ""));
        }
      }
    }
    int wanted = impostorPairs.orElse(genuine.size());
    List<Pair> pairs = new ArrayList<>(genuine);
    for (int fold = 0; fold < made; fold++) {
      int most = wanted / made + (fold < wanted % made ? 1 : 0);
      String name = made < 2 ? "" : String.valueOf(1 + fold);
      pairs.addAll(impostors(inFold.get(fold), owner, most, name, new Random(seed + fold)));
    }
    return new LabelledPictures(String.valueOf(folder.getFileName()), pairs, owner);
  }

  /** All, or so many drawn without putting back. */
  private static List<Pair> impostors(
      List<Path> pictures, Map<Path, String> owner, int most, String fold, Random random) {
    long ofOne = 0;
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Path picture : pictures) {
      ofOne += counts.merge(String.valueOf(owner.get(picture)), 1, Integer::sum) - 1;
    }
    int n = pictures.size();
    long all = (long) n * (n - 1) / 2 - ofOne;
    List<Pair> pairs = new ArrayList<>();
    if (all <= 2L * most) {
      for (int a = 0; a < n; a++) {
        for (int b = a + 1; b < n; b++) {
          add(pairs, pictures.get(a), pictures.get(b), owner, fold);
        }
      }
      Collections.shuffle(pairs, random);
      return List.copyOf(pairs.subList(0, Math.min(most, pairs.size())));
    }
    Set<Long> drawn = new HashSet<>();
    while (pairs.size() < most) {
      int a = random.nextInt(n);
      int b = random.nextInt(n);
      if (a < b && drawn.add((long) a * n + b)) {
        add(pairs, pictures.get(a), pictures.get(b), owner, fold);
      }
    }
    return pairs;
  }

  private static void add(
      List<Pair> pairs, Path first, Path second, Map<Path, String> owner, String fold) {
    if (!String.valueOf(owner.get(first)).equals(owner.get(second))) {
      pairs.add(new Pair(first, second, false, fold, ""));
    }
  }

  private static Map<String, List<Path>> people(Path folder) throws UnusablePairFileException {
    Map<String, List<Path>> people = new LinkedHashMap<>();
    for (Path person : sorted(folder)) {
      if (Files.isDirectory(person)) {
        List<Path> pictures = sorted(person).stream().filter(PersonFolders::isPicture).toList();
        if (!pictures.isEmpty()) {
          people.put(String.valueOf(person.getFileName()), pictures);
        }
      }
    }
    return people;
  }

  private static List<Path> sorted(Path folder) throws UnusablePairFileException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.sorted().toList();
    } catch (IOException e) {
      throw new UnusablePairFileException("The folder " + folder + " cannot be read (" + e + ")");
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return PICTURES.contains(extension) && Files.isRegularFile(file);
  }
}
