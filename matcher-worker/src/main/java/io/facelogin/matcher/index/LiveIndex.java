package io.facelogin.matcher.index;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.jannoy.VectorArithmetic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * What was there at the last build lies in an immutable index file (or nowhere, while everything is
 * scanned), what came since in rows that are scanned, and erased templates are masked in both. A
 * build runs in the background; its result takes the place of the old file in one step. Searches
 * hold a read lock, a change the write lock for microseconds.
 */
public final class LiveIndex implements TemplateIndex {

  private final int dimension;
  private final IndexSettings settings;
  private final VectorArithmetic arithmetic;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<TemplateId, Entry> entries = new HashMap<>();
  private final Map<PersonId, Set<TemplateId>> templatesOfPeople = new HashMap<>();
  private final IndexBuild build;

  private VectorRows delta;
  private @Nullable AnnoyBase base;
  private int erasedInBase;
  private int erasedInDelta;

  /**
   * @param folder for index files; what lies there from an earlier run is removed
   */
  public LiveIndex(int dimension, IndexSettings settings, Path folder) throws IOException {
    this(dimension, settings, new IndexBuild(dimension, settings, folder));
  }

  LiveIndex(int dimension, IndexSettings settings, IndexBuild build) {
    this.dimension = dimension;
    this.settings = settings;
    this.build = build;
    arithmetic = VectorArithmetic.fastest();
    delta = new VectorRows(dimension, arithmetic);
  }

  @Override
  public void enrol(TemplateId template, PersonId person, float[] vector) {
    check(vector);
    lock.writeLock().lock();
    try {
      remove(template);
      Entry entry = new Entry(template, person);
      entry.location = delta.size();
      delta.append(entry, vector);
      entries.put(template, entry);
      templatesOfPeople.computeIfAbsent(person, p -> new LinkedHashSet<>()).add(template);
    } finally {
      lock.writeLock().unlock();
    }
    tidy();
  }

  @Override
  public void erase(TemplateId template) {
    lock.writeLock().lock();
    try {
      remove(template);
    } finally {
      lock.writeLock().unlock();
    }
    tidy();
  }

  private void remove(TemplateId template) {
    Entry entry = entries.remove(template);
    if (entry == null) {
      return;
    }
    entry.erased = true;
    if (entry.location < 0) {
      erasedInBase++;
    } else {
      erasedInDelta++;
    }
    templatesOfPeople.computeIfPresent(
        entry.person,
        (person, templates) -> {
          templates.remove(template);
          return templates.isEmpty() ? null : templates;
        });
  }

  @Override
  public List<Candidate> nearest(float[] probe, int people, Set<PersonId> without) {
    check(probe);
    lock.readLock().lock();
    try {
      BestPeople best = new BestPeople(people, without);
      if (base != null) {
        base.search(probe, best, without);
      }
      delta.scan(probe, best);
      return best.ranked();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public float similarity(float[] probe, PersonId person) {
    check(probe);
    lock.readLock().lock();
    try {
      float best = -2;
      for (TemplateId template : templatesOfPeople.getOrDefault(person, Set.of())) {
        Entry entry = entries.get(template);
        if (entry != null) {
          best = Math.max(best, similarity(probe, entry.location));
        }
      }
      return best;
    } finally {
      lock.readLock().unlock();
    }
  }

  private float similarity(float[] probe, int location) {
    return location < 0 && base != null
        ? base.similarity(probe, ~location)
        : delta.similarity(probe, location);
  }

  @Override
  public boolean holds(TemplateId template) {
    return read(() -> entries.containsKey(template));
  }

  @Override
  public Set<TemplateId> templatesOf(PersonId person) {
    return read(() -> Set.copyOf(templatesOfPeople.getOrDefault(person, Set.of())));
  }

  @Override
  public int templates() {
    return read(entries::size);
  }

  @Override
  public int people() {
    return read(templatesOfPeople::size);
  }

  @Override
  public int indexedTemplates() {
    return read(() -> base == null ? 0 : base.size() - erasedInBase);
  }

  private <T> T read(java.util.function.Supplier<T> question) {
    lock.readLock().lock();
    try {
      return question.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  private void check(float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "A vector of " + vector.length + " numbers in a gallery of " + dimension);
    }
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("A vector with " + value + " in it");
      }
    }
  }

  /** Starts a build when much has changed, and drops erased rows where nothing is being built. */
  private void tidy() {
    if (build.isRunning()) {
      return;
    }
    int indexed = base == null ? 0 : base.size();
    if (settings.wantsIndex(entries.size())) {
      if (build.isDue(indexed, delta.size(), erasedInBase)) {
        build.start(this::buildBase);
      }
    } else if (build.isMany(erasedInDelta, delta.size())) {
      lock.writeLock().lock();
      try {
        replaceDelta(0);
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  /** Runs on the build thread. */
  private void buildBase() throws IOException, InterruptedException {
    List<Entry> snapshot = new ArrayList<>();
    int deltaRows =
        read(
            () -> {
              snapshot.addAll(entries.values());
              return delta.size();
            });
    if (snapshot.isEmpty()) {
      return;
    }
    float[] vector = new float[dimension];
    AnnoyBase built =
        build.build(
            snapshot,
            entry -> {
              lock.readLock().lock();
              try {
                copyVector(entry, vector);
                return vector;
              } finally {
                lock.readLock().unlock();
              }
            });
    lock.writeLock().lock();
    try {
      base = built;
      erasedInBase = 0;
      for (int id = 0; id < built.size(); id++) {
        built.entry(id).location = ~id;
        erasedInBase += built.entry(id).erased ? 1 : 0;
      }
      replaceDelta(deltaRows);
    } finally {
      lock.writeLock().unlock();
    }
    build.dropOlderFiles();
  }

  private void copyVector(Entry entry, float[] into) {
    if (entry.location < 0 && base != null) {
      base.copy(~entry.location, into);
    } else {
      delta.copy(entry.location, into);
    }
  }

  private void replaceDelta(int firstRow) {
    delta = delta.keepFrom(firstRow);
    erasedInDelta = 0;
    for (int row = 0; row < delta.size(); row++) {
      delta.entry(row).location = row;
    }
  }

  /** For tests: waits until no build is running. */
  void awaitBuild() throws InterruptedException {
    build.await();
  }

  @Override
  public void close() {
    build.close();
  }
}
