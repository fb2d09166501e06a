package io.facelogin.matcher.index;

import io.facelogin.contract.PersonId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The most similar people of all templates offered, each with their best. Exact in one pass: who
 * drops out has a best template below that of everybody in, and comes back with a better one only.
 * One thread.
 */
final class BestPeople {

  private final PersonId[] people;
  private final float[] similarities;
  private final Set<PersonId> without;
  private int size;
  private float leastBar = Float.NEGATIVE_INFINITY;

  BestPeople(int wanted, Set<PersonId> without) {
    if (wanted < 1) {
      throw new IllegalArgumentException("at least 1 person must be wanted, got " + wanted);
    }
    people = new PersonId[wanted];
    similarities = new float[wanted];
    this.without = without;
  }

  /** Below this an offer is in vain. */
  float bar() {
    return size < people.length ? leastBar : Math.max(leastBar, similarities[size - 1]);
  }

  /** What others have found already makes lower offers vain. */
  void raiseBar(float bar) {
    leastBar = Math.max(leastBar, bar);
  }

  /** An empty list that wants the same. */
  BestPeople another() {
    return new BestPeople(people.length, without);
  }

  void offerAll(BestPeople other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.people[i], other.similarities[i]);
    }
  }

  void offer(PersonId person, float similarity) {
    if (similarity <= bar() || (!without.isEmpty() && without.contains(person))) {
      return;
    }
    int at = 0;
    while (at < size && !people[at].equals(person)) {
      at++;
    }
    if (at < size && similarities[at] >= similarity) {
      return;
    }
    if (at == size) {
      at = size < people.length ? size++ : size - 1;
    }
    while (at > 0 && similarities[at - 1] < similarity) {
      people[at] = people[at - 1];
      similarities[at] = similarities[at - 1];
      at--;
    }
    people[at] = person;
    similarities[at] = similarity;
  }

  List<Candidate> ranked() {
    List<Candidate> ranked = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ranked.add(new Candidate(people[i], similarities[i]));
    }
    return ranked;
  }
}
