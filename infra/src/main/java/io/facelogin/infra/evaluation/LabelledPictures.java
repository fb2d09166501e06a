package io.facelogin.infra.evaluation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Pictures of which somebody knows who they show.
 *
 * @param name of the data set, for reports
 * @param pairs those that are judged
 * @param people of each picture a name of its person; empty where only pairs are known
 */
public record LabelledPictures(String name, List<Pair> pairs, Map<Path, String> people) {

  public LabelledPictures {
    pairs = List.copyOf(pairs);
    people = Map.copyOf(people);
  }

  /**
   * Of a list of pairs. The folders of the pictures are taken for people if no pair contradicts it:
   * then every picture of one can be compared with every picture of another.
   */
  public static LabelledPictures ofPairs(String name, List<Pair> pairs) {
    Map<Path, String> people = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      String first = folder(pair.image1());
      String second = folder(pair.image2());
      if (first.equals(second) != pair.same()) {
        return new LabelledPictures(name, pairs, Map.of());
      }
      people.put(pair.image1(), first);
      people.put(pair.image2(), second);
    }
    return new LabelledPictures(name, pairs, people);
  }

  private static String folder(Path picture) {
    return String.valueOf(picture.normalize().getParent());
  }

  public Set<Path> pictures() {
    Set<Path> pictures = new LinkedHashSet<>();
    pairs.forEach(
        pair -> {
          pictures.add(pair.image1());
          pictures.add(pair.image2());
        });
    people.keySet().stream().sorted().forEach(pictures::add);
    return pictures;
  }

  public int peopleCount() {
    return (int) people.values().stream().distinct().count();
  }

  /** The person of a genuine pair, or the pair itself where nobody knows people. */
  Object subject(Pair pair) {
    return Objects.requireNonNullElse((Object) people.get(pair.image1()), pair);
  }
}
