package io.facelogin.infra.chaos;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.infra.Photographs.Person;
import io.facelogin.infra.topic.TopicContents;
import io.facelogin.infra.worker.StageName;
import io.facelogin.matcher.decision.DecisionSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must hold whatever happened: looked at from outside, after the site serves again. */
final class Invariants {

  private static final Duration CATCH_UP = Duration.ofSeconds(60);

  private final Residents residents;
  private final List<String> broken = new ArrayList<>();

  private Invariants(Residents residents) {
    this.residents = residents;
  }

  /**
   * @return what does not hold, in words; empty if all does
   */
  static List<String> broken(RehearsalSite site, Residents residents) throws Exception {
    Invariants invariants = new Invariants(residents);
    invariants.people();
    invariants.searched(site);
    List<Decision> decisions = TopicContents.readable(site.kafka(), Topics.DECISIONS);
    invariants.onTheTopic(
        decisions, new TrackTimes(TopicContents.readable(site.kafka(), Topics.EMBEDDINGS)));
    invariants.inTheTable(decisions);
    return invariants.broken;
  }

  /** No enrolment lost, no erased person back, no stranger accepted on a photograph either. */
  private void people() throws Exception {
    int enrolled = residents.enrolled();
    if (enrolled != 1) {
      broken.add(enrolled + " people are enrolled instead of 1");
    }
    String ada = residents.decisionOn(Person.ADA);
    if (!ada.equals("ACCEPTED")) {
      broken.add("Ada, who is enrolled, is " + ada);
    }
    String bea = residents.decisionOn(Person.BEA);
    if (bea.equals("ACCEPTED")) {
      broken.add("Bea, who was erased, is ACCEPTED");
    }
    String stranger = residents.decisionOn(Person.STRANGER);
    if (stranger.equals("ACCEPTED")) {
      broken.add("a stranger's photograph is ACCEPTED");
    }
  }

  /** Nobody half enrolled: whom the table does not have, the gallery does not have either. */
  private void searched(RehearsalSite site) throws InterruptedException {
    try {
      Patience.upTo(CATCH_UP)
          .until(
              "the gallery has Ada alone",
              () -> site.metric(StageName.MATCHER, "matcher_gallery_people", "") == 1);
    } catch (FaultException e) {
      broken.add("somebody who is not enrolled is in the gallery: " + e.getMessage());
    }
  }

  /** No decision twice, no stranger accepted. */
  private void onTheTopic(List<Decision> decisions, TrackTimes tracks) {
    int twice = repeated(decisions, Decision::getDecisionId);
    if (twice > 0) {
      broken.add(twice + " decision ids stand on the topic more than once");
    }
    int again = decidedAgain(decisions, tracks);
    if (again > 0) {
      broken.add(again + " tracks were decided a second time though they had not been away");
    }
    long strangers =
        decisions.stream()
            .filter(one -> one.getFrame().getCameraId().equals(Residents.STRANGER))
            .filter(one -> one.getOutcome() == Outcome.ACCEPTED)
            .count();
    if (strangers > 0) {
      broken.add("a stranger was accepted " + strangers + " times");
    }
  }

  /** Revisions of a track begin anew only when it was away for so long that it was over. */
  private static int decidedAgain(List<Decision> decisions, TrackTimes tracks) {
    long idleUs = DecisionSettings.defaults().trackIdle().toNanos() / 1_000;
    Map<List<Object>, List<Decision>> same =
        decisions.stream()
            .filter(one -> one.getTrackId() > 0)
            .sorted(Comparator.comparingLong(one -> one.getFrame().getCapturedAtUs()))
            .collect(
                Collectors.groupingBy(
                    one ->
                        List.of(
                            one.getFrame().getCameraId(), one.getTrackId(), one.getRevision())));
    int again = 0;
    for (List<Decision> each : same.values()) {
      for (int i = 1; i < each.size(); i++) {
        FrameRef before = each.get(i - 1).getFrame();
        FrameRef after = each.get(i).getFrame();
        long awayUs =
            tracks.longestAwayUs(
                after.getCameraId(),
                each.get(i).getTrackId(),
                before.getCapturedAtUs(),
                after.getCapturedAtUs());
        if (awayUs <= idleUs) {
          again++;
        }
      }
    }
    return again;
  }

  private static <K> int repeated(List<Decision> decisions, Function<Decision, K> key) {
    Map<K, Long> counts =
        decisions.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    return (int) counts.values().stream().filter(count -> count > 1).count();
  }

  /** Whatever was decided is kept, and once. */
  private void inTheTable(List<Decision> decisions) throws InterruptedException, SQLException {
    Set<String> decided =
        decisions.stream().map(Decision::getDecisionId).collect(Collectors.toSet());
    try {
      Patience.upTo(CATCH_UP).until("all decisions are kept", () -> kept().containsAll(decided));
    } catch (FaultException e) {
      Set<String> lost = new HashSet<>(decided);
      lost.removeAll(kept());
      broken.add(lost.size() + " of " + decided.size() + " decisions are not in the table");
    }
  }

  private Set<String> kept() throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection = residents.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select id from decision")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }
}
