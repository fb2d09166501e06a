package io.facelogin.infra.erasure;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyReader;
import io.facelogin.contract.kafka.PersonSeals;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.v1.Template;
import io.facelogin.infra.topic.TopicContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be looked for afterwards, gathered while the person's key is still there: in memory
 * only, and never shown.
 *
 * @param traces of name, mail and templates
 */
public record PersonBefore(PersonId id, List<Trace> traces) {

  /**
   * @param kafka with the master keys of the site
   */
  public static PersonBefore of(
      PersonId id, String name, Optional<String> mail, KafkaConnection kafka) {
    List<Trace> traces = new ArrayList<>(Trace.ofText("name", name));
    mail.ifPresent(text -> traces.addAll(Trace.ofText("mail", text)));
    try (PersonKeyReader keys = new PersonKeyReader(kafka)) {
      keys.find(id)
          .ifPresent(
              key ->
                  TopicContents.of(kafka, Topics.GALLERY)
                      .latest()
                      .forEach(
                          record -> {
                            if (String.valueOf(record.key()).startsWith(id.value() + "/")) {
                              try {
                                traces.addAll(vector(Topics.GALLERY.decode(record), key));
                              } catch (UnreadableRecordException | BrokenSealException e) {
                                // No template that anybody could read.
                              }
                            }
                          }));
    }
    return new PersonBefore(id, List.copyOf(traces));
  }

  private static List<Trace> vector(
      @org.jspecify.annotations.Nullable Template sealed, DataKey key) {
    if (sealed == null) {
      return List.of();
    }
    Template template = PersonSeals.open(sealed, key);
    float[] vector = new float[template.getVectorCount()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = template.getVector(i);
    }
    return Trace.ofVector("template", vector);
  }
}
