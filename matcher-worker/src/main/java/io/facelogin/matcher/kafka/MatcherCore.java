package io.facelogin.matcher.kafka;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.secret.PersonKeys;
import io.facelogin.matcher.MatcherSettings;
import io.facelogin.matcher.decision.DecisionRules;
import io.facelogin.matcher.decision.ThresholdPolicy;
import io.facelogin.matcher.enrolment.EnrolmentRules;
import io.facelogin.matcher.gallery.Gallery;
import io.facelogin.matcher.liveness.LivenessRules;
import io.facelogin.matcher.liveness.SamePerson;
import io.facelogin.models.manifest.ImpostorDistribution;
import io.facelogin.models.manifest.Manifest;

/** What the processors of a topology share. All of it may be used by any number of threads. */
record MatcherCore(
    MatcherSettings settings,
    Gallery gallery,
    DecisionRules rules,
    LivenessRules liveness,
    EnrolmentRules enrolmentRules,
    ReadableRecords records,
    PersonKeys keys,
    MasterKeys masters,
    TopologyMetrics metrics) {

  static MatcherCore of(
      MatcherSettings settings,
      KafkaConnection kafka,
      Manifest encoder,
      Gallery gallery,
      PersonKeys keys,
      TopologyMetrics metrics) {
    ThresholdPolicy policy = policy(settings, encoder);
    return new MatcherCore(
        settings,
        gallery,
        new DecisionRules(settings.decision(), policy, gallery),
        new LivenessRules(
            settings.liveness(), new SamePerson(policy.thresholdFor(SamePerson.FALSE_MATCH_RATE))),
        new EnrolmentRules(settings.enrolment(), policy, gallery),
        new ReadableRecords(encoder.id(), encoder.dimensionOrThrow(), kafka, keys),
        keys,
        kafka.masterKeysOrThrow(),
        metrics);
  }

  static ThresholdPolicy policy(MatcherSettings settings, Manifest encoder) {
    ImpostorDistribution impostors =
        encoder
            .measured()
            .impostors()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Nobody has measured how similar %s finds different people, so no threshold"
                                .formatted(encoder.id())
                            + " can be derived: measure it with face-login evaluate --calibrate"));
    return new ThresholdPolicy(
        impostors, settings.decision().fpir(), settings.decision().maxFalseMatchRate());
  }
}
