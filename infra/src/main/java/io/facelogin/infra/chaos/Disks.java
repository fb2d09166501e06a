package io.facelogin.infra.chaos;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.chaos.Scenario.Observation;
import io.facelogin.infra.rest.RefusedException;
import io.facelogin.infra.worker.StageName;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** No room to write, and files that are not as they were written. */
final class Disks {

  private static final int PAGE_BYTES = 4096;

  private Disks() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "disk-full-matcher",
            "the matcher cannot write its gallery; somebody is enrolled and erased meanwhile",
            Disks::fullForMatcher),
        new Scenario("disk-full-broker", "the broker cannot write its log", Disks::fullForBroker),
        new Scenario(
            "half-written-gallery",
            "the matcher killed, its LMDB cut in half",
            (site, residents) -> gallery(site, residents, Disks::cutInHalf)),
        new Scenario(
            "damaged-gallery",
            "the matcher killed, every page of its LMDB after the first two overwritten",
            (site, residents) -> gallery(site, residents, Disks::overwrite)));
  }

  private static Observation fullForMatcher(RehearsalSite site, Residents residents)
      throws Exception {
    long pid = site.worker(StageName.MATCHER).pid();
    Faults.limitFiles(pid, Integer.toString(PAGE_BYTES));
    String answer;
    try {
      residents.enrolAndErase();
      answer = "enrolled and erased";
    } catch (OutsideMissingException | RefusedException e) {
      answer = "refused";
    }
    Duration honest;
    try {
      honest = Faults.awaitUnready(site, List.of(StageName.MATCHER));
    } finally {
      site.worker(StageName.MATCHER).kill();
    }
    return new Observation(
        "says so within " + Faults.seconds(honest) + "; who enrols then is " + answer,
        Outages.again(site, residents, StageName.MATCHER));
  }

  private static Observation fullForBroker(RehearsalSite site, Residents residents)
      throws Exception {
    Faults.limitFiles(site.brokers().process(0).pid(), Integer.toString(PAGE_BYTES));
    Duration honest;
    Instant back;
    try {
      honest = Faults.awaitUnready(site, List.of(StageName.DETECTOR, StageName.MATCHER));
    } finally {
      site.brokers().process(0).kill();
      back = Instant.now();
      site.brokers().start(0);
    }
    for (StageName stage : site.stages()) {
      if (!site.worker(stage).isAlive()) {
        site.startWorker(stage);
      }
      site.awaitReady(stage, RehearsalSite.START);
    }
    return new Observation(
        "the stages say so within " + Faults.seconds(honest), residents.awaitServing(back));
  }

  private interface Damage {
    void to(Path file) throws IOException;
  }

  private static Observation gallery(RehearsalSite site, Residents residents, Damage damage)
      throws Exception {
    site.worker(StageName.MATCHER).kill();
    for (Path file : galleryFiles(site)) {
      damage.to(file);
    }
    return new Observation(
        "set aside, and read again from the topic",
        Outages.again(site, residents, StageName.MATCHER));
  }

  private static List<Path> galleryFiles(RehearsalSite site) throws IOException {
    try (Stream<Path> files = Files.walk(site.dataOf(StageName.MATCHER))) {
      List<Path> found = files.filter(file -> file.endsWith("data.mdb")).toList();
      if (found.isEmpty()) {
        throw new FaultException("The matcher has no gallery on disk");
      }
      return found;
    }
  }

  private static void cutInHalf(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(open.length() / PAGE_BYTES / 2 * PAGE_BYTES);
    }
  }

  private static void overwrite(Path file) throws IOException {
    byte[] noise = new byte[PAGE_BYTES];
    Random random = new Random(1);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      for (long at = 2 * PAGE_BYTES; at < open.length(); at += PAGE_BYTES) {
        random.nextBytes(noise);
        open.seek(at);
        open.write(noise);
      }
    }
  }
}
