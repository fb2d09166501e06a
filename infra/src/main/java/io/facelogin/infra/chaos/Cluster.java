package io.facelogin.infra.chaos;

import io.facelogin.infra.Photographs.Person;
import io.facelogin.infra.chaos.Scenario.Observation;
import io.facelogin.infra.worker.StageName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Three brokers that copy each record to one another, one of which is lost. */
final class Cluster {

  static final String NAME = "cluster-broker-lost";
  static final String FAULT = "kill -9 of one of three brokers (3 copies, written when 2 have it)";
  private static final Duration SOON = Duration.ofMinutes(2);

  private Cluster() {}

  /** On a site of its own, since its brokers are others. */
  static Outcome run(Path folder, Class<?> program) throws Exception {
    List<String> broken = new ArrayList<>();
    Observation seen = null;
    try (RehearsalSite site = new RehearsalSite(folder, 3, program)) {
      site.start(List.of(StageName.MATCHER, StageName.WEB));
      Residents residents = new Residents(site);
      residents.enrol(Person.ADA);
      Memory atFirst = Memory.of(site);
      seen = loseOne(site, residents);
      broken.addAll(Invariants.broken(site, residents));
      broken.addAll(atFirst.grown(site));
    } catch (FaultException e) {
      broken.add(String.valueOf(e.getMessage()));
    }
    return new Outcome(
        NAME,
        FAULT,
        seen == null ? "" : seen.meanwhile(),
        seen == null ? -1 : seen.recovery().toMillis() / 1e3,
        broken,
        "");
  }

  private static Observation loseOne(RehearsalSite site, Residents residents) throws Exception {
    Instant lost = Instant.now();
    site.brokers().process(1).kill();
    Patience.upTo(SOON)
        .until("Ada is recognised", () -> residents.decisionOn(Person.ADA).equals("ACCEPTED"));
    String bea =
        Patience.upTo(SOON).forResult("Bea is enrolled", () -> residents.enrol(Person.BEA));
    Duration serving = Duration.between(lost, Instant.now());
    Faults.requireReady(site);
    site.brokers().start(1);
    if (!residents.decisionOn(Person.BEA).equals("ACCEPTED")) {
      throw new FaultException("Bea, enrolled on two brokers, is not recognised on three");
    }
    residents.erase(bea);
    return new Observation("two brokers go on: recognising and enrolling", serving);
  }
}
