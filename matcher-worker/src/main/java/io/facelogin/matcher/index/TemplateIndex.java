package io.facelogin.matcher.index;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Searches the templates of one model, person by person. One thread enrols and erases; any number
 * of threads search meanwhile and see each change whole.
 */
public interface TemplateIndex extends AutoCloseable {

  /** Takes templates in. */
  interface Sink {
    void add(TemplateId template, PersonId person, float[] vector);
  }

  /**
   * At start, before the first search: takes all templates of a gallery that was there already, and
   * what an earlier run kept of its work on them.
   */
  void fill(Consumer<Sink> source);

  /** Adds a template, or replaces the one of this id. The vector has unit length and is shared. */
  void enrol(TemplateId template, PersonId person, float[] vector);

  /** Takes a template away; unknown ids are ignored. */
  void erase(TemplateId template);

  /**
   * @param probe of any length above 0; similarities are scalar products with it
   * @param people how many, at most
   * @return most similar first, each person once with their most similar template
   * @throws IllegalArgumentException if the probe has another dimension or a number that is not
   *     finite
   */
  default List<Candidate> nearest(float[] probe, int people) {
    return nearest(probe, people, Set.of());
  }

  /** As above, without some people. */
  List<Candidate> nearest(float[] probe, int people, Set<PersonId> without);

  boolean holds(TemplateId template);

  /** The templates of one person; empty for a stranger. */
  Set<TemplateId> templatesOf(PersonId person);

  /** Similarity to the most similar template of one person; -2 for a stranger. */
  float similarity(float[] probe, PersonId person);

  int templates();

  /** Of these, searched through an index file; 0 while everything is scanned. */
  int indexedTemplates();

  int people();

  /** The way of searching in force, and why. */
  Choice choice();

  /** What repeating a share of the live searches has shown so far. */
  WatchedRecall watchedRecall();

  @Override
  void close();
}
