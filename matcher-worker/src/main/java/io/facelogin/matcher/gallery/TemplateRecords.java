package io.facelogin.matcher.gallery;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.contract.v1.Template;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A template as the topic and the store write it. */
public final class TemplateRecords {

  private static final char KEY_SEPARATOR = '/';

  private TemplateRecords() {}

  public static Template toRecord(Reference reference) {
    Template.Builder record =
        Template.newBuilder()
            .setTemplateId(reference.template().value())
            .setPersonId(reference.person().value())
            .setModelId(reference.model().value())
            .setQuality(reference.quality())
            .setSource(reference.source())
            .setEnrolledAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, reference.enrolledAt()))
            .setWeak(reference.weak());
    for (float value : reference.vector()) {
      record.addVector(value);
    }
    return record.build();
  }

  /**
   * @throws IllegalArgumentException if an id is missing or the vector has not unit length
   */
  public static Reference toReference(Template record) {
    return new Reference(
        new TemplateId(record.getTemplateId()),
        new PersonId(record.getPersonId()),
        new ModelId(record.getModelId()),
        toArray(record.getVectorList()),
        record.getQuality(),
        record.getSource(),
        Instant.EPOCH.plus(record.getEnrolledAtUs(), ChronoUnit.MICROS),
        record.getWeak());
  }

  public static float[] toArray(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  /** Key of the topic: {@code person id / template id}. */
  public static String key(PersonId person, TemplateId template) {
    return person.value() + KEY_SEPARATOR + template.value();
  }

  /**
   * @throws IllegalArgumentException if it is no such key
   */
  public static TemplateId templateOf(String key) {
    int separator = key.lastIndexOf(KEY_SEPARATOR);
    if (separator < 1) {
      throw new IllegalArgumentException("A key is not of the form person/template");
    }
    return new TemplateId(key.substring(separator + 1));
  }
}
