package io.facelogin.infra.chaos;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.infra.chaos.Scenario.Observation;
import io.facelogin.infra.topic.TopicContents;
import io.facelogin.infra.worker.StageName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the stages lean on goes away and comes back, or one of them dies. */
final class Outages {

  private static final Duration AWAY = Duration.ofSeconds(3);

  /** A platform gives up at some time; three is patience enough. */
  private static final int STARTS = 3;

  private Outages() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "broker-killed", "kill -9 of the only broker, back after a while", Outages::broker),
        new Scenario(
            "database-away", "kill -9 of PostgreSQL, back after a while", Outages::database),
        killed(StageName.CAPTURE),
        killed(StageName.DETECTOR),
        killed(StageName.ENCODER),
        new Scenario(
            "matcher-killed",
            "kill -9 of the matcher; somebody enrols meanwhile",
            Outages::matcher),
        killed(StageName.WEB));
  }

  private static Observation broker(RehearsalSite site, Residents residents) throws Exception {
    site.brokers().process(0).kill();
    Duration honest;
    Instant back;
    try {
      honest = Faults.awaitUnready(site, site.stages());
      Thread.sleep(AWAY.toMillis());
    } finally {
      back = Instant.now();
      site.brokers().start(0);
    }
    for (StageName stage : site.stages()) {
      site.awaitReady(stage, RehearsalSite.START);
    }
    return new Observation(
        "all stages say so within " + Faults.seconds(honest), residents.awaitServing(back));
  }

  private static Observation database(RehearsalSite site, Residents residents) throws Exception {
    site.killDatabase();
    Duration honest;
    Instant back;
    try {
      honest = Faults.awaitUnready(site, List.of(StageName.WEB));
      int before = TopicContents.readable(site.kafka(), Topics.DECISIONS).size();
      Patience.upTo(Duration.ofSeconds(60))
          .until(
              "deciding goes on",
              () -> TopicContents.readable(site.kafka(), Topics.DECISIONS).size() > before);
    } finally {
      back = Instant.now();
      site.startDatabase();
    }
    Duration recovery = residents.awaitServing(back);
    site.awaitReady(StageName.WEB, RehearsalSite.START);
    return new Observation(
        "web says so within " + Faults.seconds(honest) + ", deciding goes on", recovery);
  }

  private static Scenario killed(StageName stage) {
    return new Scenario(
        stage + "-killed",
        "kill -9 of the " + stage + " stage, started anew",
        (site, residents) -> {
          site.worker(stage).kill();
          Duration honest = Faults.awaitUnready(site, List.of(stage));
          return new Observation(
              "does not answer after " + Faults.seconds(honest), again(site, residents, stage));
        });
  }

  private static Observation matcher(RehearsalSite site, Residents residents) throws Exception {
    site.worker(StageName.MATCHER).kill();
    boolean refused = residents.enrolmentIsRefused(io.facelogin.infra.Photographs.Person.BEA);
    if (!refused) {
      throw new FaultException("Somebody was enrolled although no matcher runs");
    }
    return new Observation(
        "an enrolment is refused (503), and nobody is half enrolled afterwards",
        again(site, residents, StageName.MATCHER));
  }

  /** Starts a stage as a platform does: again, if it ends while it starts. */
  static Duration again(RehearsalSite site, Residents residents, StageName stage) throws Exception {
    Instant back = Instant.now();
    for (int attempt = 1; ; attempt++) {
      site.startWorker(stage);
      try {
        site.awaitReady(stage, RehearsalSite.START);
        return residents.awaitServing(back);
      } catch (FaultException e) {
        if (attempt == STARTS || site.worker(stage).isAlive()) {
          throw e;
        }
      }
    }
  }
}
