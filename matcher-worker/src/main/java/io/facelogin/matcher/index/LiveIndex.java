package io.facelogin.matcher.index;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.jannoy.VectorArithmetic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was there at the last build lies in an immutable index file (or nowhere, while everything is
 * scanned), what came since in rows that are scanned, and erased templates are masked in both. A
 * build runs in the background; its result takes the place of the old file in one step. Searches
 * hold a read lock, a change the write lock for microseconds.
 *
 * <p>Which way is taken is measured: at start, and whenever the gallery has grown by half. {@link
 * #choice()} tells what came out, {@link #watchedRecall()} whether it is still true.
 */
public final class LiveIndex implements TemplateIndex {

  private static final Logger LOG = LoggerFactory.getLogger(LiveIndex.class);

  /** Scanning fewer takes less than any budget. */
  private static final int FIRST_MEASURED_AT = 10_000;

  private static final double MEASURED_AGAIN_AFTER_GROWTH = 1.5;

  /** The cosine of the hardest mates that the index must find, where nobody knows the threshold. */
  private static final double USUAL_THRESHOLD = 0.4;

  private static final double HARDEST_AT_LEAST = 0.2;
  private static final double HARDEST_AT_MOST = 0.7;

  /** Compared by the watch before it lets changes through. */
  private static final int ROWS_AT_ONCE = 4_096;

  /** Cosine from which a person is accepted, in a gallery of this size. */
  public interface Threshold {
    double at(int people, int templates);
  }

  private final int dimension;
  private final IndexSettings settings;
  private final VectorArithmetic arithmetic;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<TemplateId, Entry> entries = new HashMap<>();
  private final Map<PersonId, Set<TemplateId>> templatesOfPeople = new HashMap<>();
  private final IndexBuild build;
  private final Threshold threshold;
  private final ScanTime scanTime;
  private final SearchDepth searchDepth;
  private final ScanCrew crew = new ScanCrew();
  private final RecallWatch watch;

  private VectorRows delta;
  private @Nullable AnnoyBase base;
  private int erasedInBase;
  private int erasedInDelta;
  private long changes;
  private volatile Choice choice = Choice.unmeasured();
  private volatile int searchK;
  private volatile double exactMsPerTemplate = Double.NaN;
  private volatile int measureAt = FIRST_MEASURED_AT;

  /**
   * @param folder for index files
   * @param threshold cosine from which a person is accepted, by the size of the gallery: the index
   *     is set to find mates of that cosine
   */
  public LiveIndex(int dimension, IndexSettings settings, Path folder, Threshold threshold)
      throws IOException {
    this(
        dimension,
        settings,
        new IndexBuild(dimension, settings, folder),
        threshold,
        new ScanTime(ScanTime.WARM_UP),
        new SearchDepth(settings.recall()));
  }

  public LiveIndex(int dimension, IndexSettings settings, Path folder) throws IOException {
    this(dimension, settings, folder, (people, templates) -> USUAL_THRESHOLD);
  }

  LiveIndex(
      int dimension,
      IndexSettings settings,
      IndexBuild build,
      Threshold threshold,
      ScanTime scanTime,
      SearchDepth searchDepth) {
    this.dimension = dimension;
    this.settings = settings;
    this.build = build;
    this.threshold = threshold;
    this.scanTime = scanTime;
    this.searchDepth = searchDepth;
    arithmetic = VectorArithmetic.fastest();
    delta = new VectorRows(dimension, arithmetic, crew);
    watch = new RecallWatch(settings.watchedShare(), this::thresholdNow, this::searchAgain);
  }

  @Override
  public void fill(Consumer<Sink> source) {
    Optional<IndexBuild.Found> found = reopen();
    if (found.isEmpty()) {
      source.accept(this::add);
    } else {
      fillBeside(found.get(), source);
    }
    if (settings.mode() == IndexSettings.Mode.AUTO && base == null && templates() > 0) {
      build.start(this::measure);
    }
    tidy();
  }

  private Optional<IndexBuild.Found> reopen() {
    try {
      if (settings.mode() == IndexSettings.Mode.EXACT) {
        build.discard();
        return Optional.empty();
      }
      return build.reopen();
    } catch (IOException e) {
      LOG.warn("The folder of index files cannot be read; the index is built anew", e);
      return Optional.empty();
    }
  }

  /** Templates whose vectors lie in the old file stay there, if they are the very same. */
  private void fillBeside(IndexBuild.Found found, Consumer<Sink> source) {
    List<TemplateId> saved = found.saved().templates();
    Map<TemplateId, Integer> ids = new HashMap<>();
    for (int id = 0; id < saved.size(); id++) {
      ids.put(saved.get(id), id);
    }
    @Nullable Entry[] reused = new Entry[saved.size()];
    float[] vector = new float[dimension];
    source.accept(
        (template, person, wanted) -> {
          check(wanted);
          Integer id = ids.get(template);
          if (id != null && reused[id] == null && found.index().holds(id)) {
            found.index().vector(id, vector);
            if (Arrays.equals(vector, wanted)) {
              Entry entry = new Entry(template, person);
              entry.location = ~id;
              reused[id] = entry;
              register(entry);
              return;
            }
          }
          add(template, person, wanted);
        });
    List<Entry> all = new ArrayList<>(saved.size());
    int missing = 0;
    for (int id = 0; id < reused.length; id++) {
      Entry entry = reused[id];
      if (entry == null) {
        entry = new Entry(saved.get(id), new PersonId("gone"));
        entry.erased = true;
        missing++;
      }
      all.add(entry);
    }
    base = new AnnoyBase(found.index(), List.copyOf(all), arithmetic);
    erasedInBase = missing;
    searchK = found.saved().searchK();
    choice =
        new Choice(
            Choice.Way.ANNOY,
            all.size() - missing,
            Double.NaN,
            Double.NaN,
            searchK,
            found.saved().recall(),
            "the index file of the last run still fits");
    LOG.info(
        "The index file of the last run is used again: {} of its {} templates, {} others",
        all.size() - missing,
        all.size(),
        delta.size());
  }

  private void add(TemplateId template, PersonId person, float[] vector) {
    check(vector);
    lock.writeLock().lock();
    try {
      remove(template);
      Entry entry = new Entry(template, person);
      entry.location = delta.size();
      delta.append(entry, vector);
      register(entry);
      changes++;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void register(Entry entry) {
    entries.put(entry.template, entry);
    templatesOfPeople
        .computeIfAbsent(entry.person, p -> new LinkedHashSet<>(4))
        .add(entry.template);
  }

  @Override
  public void enrol(TemplateId template, PersonId person, float[] vector) {
    add(template, person, vector);
    tidy();
  }

  @Override
  public void erase(TemplateId template) {
    lock.writeLock().lock();
    try {
      remove(template);
      changes++;
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
      build.forget();
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
    List<Candidate> found;
    long asOf;
    lock.readLock().lock();
    try {
      BestPeople best = new BestPeople(people, without);
      if (base != null) {
        base.search(probe, searchK, best, without);
      }
      delta.scan(probe, best);
      found = best.ranked();
      asOf = changes;
    } finally {
      lock.readLock().unlock();
    }
    if (without.isEmpty()) {
      watch.saw(probe, found, asOf);
    }
    return found;
  }

  /** The watch's way; null if the gallery has changed since. */
  private @Nullable BestPeople searchAgain(float[] probe, long asOf) throws InterruptedException {
    BestPeople best = new BestPeople(1, Set.of());
    for (int from = 0; ; from += ROWS_AT_ONCE) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      lock.readLock().lock();
      try {
        if (changes != asOf) {
          return null;
        }
        if (base != null) {
          base.scanFloats(probe, from, from + ROWS_AT_ONCE, best);
        }
        delta.scanFloats(probe, from, from + ROWS_AT_ONCE, best);
        if (from + ROWS_AT_ONCE >= Math.max(delta.size(), base == null ? 0 : base.size())) {
          return best;
        }
      } finally {
        lock.readLock().unlock();
      }
    }
  }

  private double thresholdNow() {
    return threshold.at(people(), templates());
  }

  @Override
  public Choice choice() {
    return choice;
  }

  @Override
  public WatchedRecall watchedRecall() {
    return watch.counts();
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
    boolean zero = true;
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("A vector with " + value + " in it");
      }
      zero &= value == 0;
    }
    if (zero) {
      throw new IllegalArgumentException("A vector of length 0 resembles nobody");
    }
  }

  /** Starts a build when much has changed, and drops erased rows where nothing is being built. */
  private void tidy() {
    if (build.isRunning()) {
      return;
    }
    int indexed = base == null ? 0 : base.size();
    boolean wantsIndex = settings.mode() == IndexSettings.Mode.ANNOY || base != null;
    if (wantsIndex && !entries.isEmpty()) {
      if (build.isDue(indexed, delta.size(), erasedInBase)) {
        build.start(this::buildBase);
      }
    } else if (settings.mode() == IndexSettings.Mode.AUTO && entries.size() >= measureAt) {
      build.start(this::measure);
    } else if (build.isMany(erasedInDelta, delta.size())) {
      lock.writeLock().lock();
      try {
        replaceDelta(0);
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  /** Runs on the build thread, while everything is scanned. */
  private void measure() throws IOException, InterruptedException {
    int templates = templates();
    if (templates == 0) {
      return;
    }
    measureAt = (int) Math.max(FIRST_MEASURED_AT, (long) (templates * MEASURED_AGAIN_AFTER_GROWTH));
    double exactMs =
        scanTime.medianMs(
            dimension,
            hardestMates(),
            (number, into) -> {
              lock.readLock().lock();
              try {
                delta.copy(number % delta.size(), into);
              } finally {
                lock.readLock().unlock();
              }
            },
            templates,
            probe -> {
              lock.readLock().lock();
              try {
                delta.scan(probe, new BestPeople(2, Set.of()));
              } finally {
                lock.readLock().unlock();
              }
            });
    exactMsPerTemplate = exactMs / templates;
    if (exactMs <= settings.searchWithinMs()) {
      choose(
          new Choice(
              Choice.Way.EXACT,
              templates,
              exactMs,
              Double.NaN,
              0,
              Double.NaN,
              "an exact search takes %.2f ms, at most %.2f ms are allowed"
                  .formatted(exactMs, settings.searchWithinMs())));
    } else {
      buildBase();
    }
  }

  private void choose(Choice made) {
    choice = made;
    LOG.info("{} search of {} templates: {}", made.way(), made.templates(), made.reason());
  }

  private double hardestMates() {
    return Math.min(HARDEST_AT_MOST, Math.max(HARDEST_AT_LEAST, thresholdNow()));
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
    boolean mayStayExact =
        settings.mode() == IndexSettings.Mode.AUTO
            && base == null
            && Double.isFinite(exactMsPerTemplate);
    double exactMs = exactMsPerTemplate * snapshot.size();
    SearchDepth.Found depth =
        searchDepth.find(built, hardestMates(), mayStayExact ? exactMs : Double.POSITIVE_INFINITY);
    boolean good = depth.recall() >= settings.recall();
    if (mayStayExact && (!good || depth.meanMs() > exactMs)) {
      build.discard();
      choose(
          made(
              Choice.Way.EXACT,
              snapshot.size(),
              exactMs,
              depth,
              "the index cannot reach the wanted recall sooner"));
      return;
    }
    build.keep(built, depth);
    swap(built, deltaRows, depth.searchK());
    choose(
        made(
            Choice.Way.ANNOY,
            snapshot.size(),
            exactMs,
            depth,
            mayStayExact ? "faster at the wanted recall" : "the index is in use or forced"));
  }

  private static Choice made(
      Choice.Way way, int templates, double exactMs, SearchDepth.Found depth, String why) {
    return new Choice(
        way,
        templates,
        exactMs,
        depth.meanMs(),
        depth.searchK(),
        depth.recall(),
        "%s (exact %.2f ms; index %.2f ms at searchK %d, recall %.4f)"
            .formatted(why, exactMs, depth.meanMs(), depth.searchK(), depth.recall()));
  }

  private void swap(AnnoyBase built, int deltaRows, int depth) {
    lock.writeLock().lock();
    try {
      base = built;
      searchK = depth;
      erasedInBase = 0;
      for (int id = 0; id < built.size(); id++) {
        built.entry(id).location = ~id;
        erasedInBase += built.entry(id).erased ? 1 : 0;
      }
      replaceDelta(deltaRows);
    } finally {
      lock.writeLock().unlock();
    }
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
    changes++;
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
    watch.close();
    crew.close();
  }
}
