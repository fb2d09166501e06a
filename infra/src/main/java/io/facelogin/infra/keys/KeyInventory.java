package io.facelogin.infra.keys;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyReader;
import io.facelogin.contract.kafka.PersonKeyReader.Known;
import io.facelogin.contract.kafka.PersonKeyRecords;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which keys there are; ids and counts only.
 *
 * @param masterKeys ids, the sealing one first
 * @param people how many keys of people
 * @param peopleByMasterKey how many of them each master key wraps, by its id
 * @param unopenable those that no master key here opens
 * @param oldest when the oldest was made
 */
public record KeyInventory(
    List<String> masterKeys,
    int people,
    Map<String, Long> peopleByMasterKey,
    long unopenable,
    Optional<Instant> oldest) {

  /**
   * @param kafka with the master keys
   */
  public static KeyInventory of(KafkaConnection kafka) {
    try (PersonKeyReader reader = PersonKeyReader.ofCommitted(kafka)) {
      Collection<Known> known = reader.all().values();
      return new KeyInventory(
          kafka.masterKeysOrThrow().ids(),
          known.size(),
          known.stream()
              .collect(
                  Collectors.groupingBy(
                      key -> PersonKeyRecords.wrappedBy(key.record()),
                      TreeMap::new,
                      Collectors.counting())),
          known.stream().filter(key -> key.key().isEmpty()).count(),
          known.stream()
              .map(key -> Instant.EPOCH.plus(key.record().getMadeAtUs(), ChronoUnit.MICROS))
              .min(Comparator.naturalOrder()));
    }
  }
}
