package io.facelogin.infra.chaos;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.Photographs.Person;
import io.facelogin.infra.chaos.Scenario.Observation;
import io.facelogin.infra.worker.StageName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rehearses faults on a site of its own, which lives in one folder and under load: a camera that
 * sees Ada, who is enrolled, and one that sees a stranger. One scenario after the other happens to
 * the same site; after each, all that must hold is looked at.
 */
public final class Rehearsal implements AutoCloseable {

  private static final List<StageName> ALL_STAGES =
      List.of(
          StageName.MATCHER,
          StageName.ENCODER,
          StageName.DETECTOR,
          StageName.WEB,
          StageName.CAPTURE);

  private final Path folder;
  private final Optional<Path> video;
  private final Class<?> program;
  private final Consumer<String> progress;
  private @Nullable RehearsalSite site;
  private @Nullable Residents residents;
  private @Nullable Memory atFirst;
  private Set<String> brokenBefore = Set.of();
  private int starts;

  /**
   * @param folder for all of it; the caller deletes it
   * @param video a clip in which nobody is seen but the Ada of the packaged photographs, in place
   *     of them; made for that
   * @param program the command line, which runs single stages
   */
  public Rehearsal(Path folder, Optional<Path> video, Class<?> program, Consumer<String> progress) {
    this.folder = folder;
    this.program = program;
    this.video = video;
    this.progress = progress;
  }

  private static Map<String, Scenario> onOneSite() {
    Map<String, Scenario> scenarios = new LinkedHashMap<>();
    Stream.of(Outages.all(), Overload.all(), Poison.all(), Disks.all())
        .flatMap(List::stream)
        .forEach(scenario -> scenarios.put(scenario.name(), scenario));
    return scenarios;
  }

  /** All scenarios by name, with what happens, in the order in which they are run. */
  public static Map<String, String> scenarios() {
    Map<String, String> all = new LinkedHashMap<>();
    onOneSite().forEach((name, scenario) -> all.put(name, scenario.fault()));
    all.put(Cluster.NAME, Cluster.FAULT);
    return all;
  }

  /**
   * Starts the site at the first call.
   *
   * @param name one of {@link #scenarios()}
   * @throws OutsideMissingException if no site can be started here
   */
  public Outcome run(String name) throws InterruptedException {
    progress.accept(name + ": " + scenarios().get(name));
    Outcome outcome;
    try {
      outcome =
          name.equals(Cluster.NAME)
              ? Cluster.run(folder.resolve("cluster"), program)
              : onSite(name);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new OutsideMissingException("No site can be rehearsed with: " + e.getMessage(), e);
    }
    progress.accept("  " + outcome.row());
    return outcome;
  }

  private Outcome onSite(String name) throws Exception {
    Scenario scenario = Objects.requireNonNull(onOneSite().get(name), name);
    RehearsalSite running = started();
    Residents known = Objects.requireNonNull(residents);
    Observation seen = new Observation("", Duration.ofSeconds(-1));
    List<String> broken = new ArrayList<>();
    String skipped = "";
    try {
      seen = scenario.act().happenTo(running, known);
      broken.addAll(newlyBroken(running, known));
      broken.addAll(Objects.requireNonNull(atFirst).grown(running));
    } catch (CannotException e) {
      skipped = String.valueOf(e.getMessage());
    } catch (FaultException e) {
      broken.add(String.valueOf(e.getMessage()));
      mend(running);
    }
    return new Outcome(
        name,
        scenario.fault(),
        seen.meanwhile(),
        seen.recovery().toMillis() / 1e3,
        broken,
        skipped);
  }

  /** What one scenario broke for good is not held against those behind it. */
  private List<String> newlyBroken(RehearsalSite site, Residents residents) throws Exception {
    List<String> broken = Invariants.broken(site, residents);
    List<String> newly = new ArrayList<>(broken);
    newly.removeAll(brokenBefore);
    brokenBefore = Set.copyOf(broken);
    return newly;
  }

  /** So that one scenario that broke does not take those behind it along. */
  private static void mend(RehearsalSite site) throws IOException, InterruptedException {
    for (StageName stage : site.stages()) {
      if (!site.worker(stage).isAlive()) {
        site.startWorker(stage);
      }
    }
  }

  private RehearsalSite started() throws Exception {
    RehearsalSite present = site;
    if (present != null) {
      return present;
    }
    progress.accept("Starting a site of processes in " + folder);
    RehearsalSite made = new RehearsalSite(folder.resolve("site-" + starts++), 1, program);
    // Known at once, so that close() ends what a start that is broken off leaves behind.
    site = made;
    try {
      made.start(ALL_STAGES);
      Residents people = new Residents(made);
      people.moveIn(
          video.isPresent() ? video.get() : PictureCamera.of(Person.ADA, folder.resolve("ada")),
          PictureCamera.of(Person.STRANGER, folder.resolve("stranger")));
      residents = people;
      atFirst = Memory.of(made);
    } catch (Exception e) {
      made.close();
      site = null;
      throw e;
    }
    return made;
  }

  @Override
  public void close() {
    RehearsalSite running = site;
    if (running != null) {
      running.close();
    }
  }
}
