package io.facelogin.matcher.kafka;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonSeals;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.kafka.UnreadableRecordException.Kind;
import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.PersonKeys;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Sample;
import io.facelogin.contract.v1.Template;
import io.facelogin.matcher.gallery.GalleryChange;
import io.facelogin.matcher.gallery.Reference;
import io.facelogin.matcher.gallery.TemplateRecords;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads records and checks all that the core relies on, so that nothing behind here meets a vector
 * that cannot be compared. Whatever does not pass belongs to the dead letters.
 */
final class ReadableRecords {

  private final ModelId model;
  private final int dimension;
  private final Topic<Embeddings> embeddings;
  private final PersonKeys keys;

  /**
   * @param kafka whose master keys seal the embeddings
   * @param keys that seal samples and templates
   */
  ReadableRecords(ModelId model, int dimension, KafkaConnection kafka, PersonKeys keys) {
    this.model = model;
    this.dimension = dimension;
    this.embeddings = kafka.open(Topics.EMBEDDINGS);
    this.keys = keys;
  }

  Embeddings embeddings(Headers headers, byte @Nullable [] value) {
    Embeddings read = decode(embeddings, headers, value);
    require(
        read.getFrame().getPurpose() != Purpose.PURPOSE_UNSPECIFIED,
        "embeddings without a purpose");
    require(!read.getFrame().getCameraId().isBlank(), "embeddings without a camera id");
    for (EmbeddedFace face : read.getFacesList()) {
      if (face.getVectorCount() > 0) {
        require(!read.getModelId().isBlank(), "embeddings without a model id");
        vector(read.getModelId(), face.getVectorList());
      }
    }
    return read;
  }

  /** With the samples in the plain; without any if the person's key is gone. */
  EnrolmentCommand enrolment(Headers headers, byte @Nullable [] value) {
    EnrolmentCommand sealed = decode(Topics.ENROLMENTS, headers, value);
    require(!sealed.getPersonId().isBlank(), "an enrolment command without a person id");
    require(sealed.getEnrol().getSamplesCount() == 0, "an enrolment whose samples are not sealed");
    EnrolmentCommand command = sealed.hasEnrol() ? opened(sealed) : sealed;
    require(!command.getCommandId().isBlank(), "an enrolment command without a command id");
    require(
        command.hasEnrol() || command.hasErase() || command.hasRewrap(),
        "an enrolment command without an act");
    for (Sample sample : command.getEnrol().getSamplesList()) {
      require(!sample.getModelId().isBlank(), "a sample without a model id");
      vector(sample.getModelId(), sample.getVectorList());
    }
    return command;
  }

  private EnrolmentCommand opened(EnrolmentCommand sealed) {
    try {
      return keys.find(new PersonId(sealed.getPersonId()))
          .map(key -> PersonSeals.open(sealed, key))
          .orElse(sealed);
    } catch (BrokenSealException e) {
      throw new UnreadableRecordException(Kind.SEALED, String.valueOf(e.getMessage()));
    }
  }

  /** Where the person's key is gone, so is the template. */
  GalleryChange template(Headers headers, byte @Nullable [] value) {
    Template sealed = decode(Topics.GALLERY, headers, value);
    try {
      require(!sealed.getSealed().isEmpty(), "a template that is not sealed");
      return keys.find(new PersonId(sealed.getPersonId()))
          .<GalleryChange>map(key -> new GalleryChange.Enrolled(reference(sealed, key)))
          .orElseGet(() -> new GalleryChange.Erased(new TemplateId(sealed.getTemplateId())));
    } catch (BrokenSealException e) {
      throw new UnreadableRecordException(Kind.SEALED, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private Reference reference(Template sealed, DataKey key) {
    Template template = PersonSeals.open(sealed, key);
    vector(template.getModelId(), template.getVectorList());
    return TemplateRecords.toReference(template);
  }

  private void vector(String modelId, List<Float> values) {
    require(
        !modelId.equals(model.value()) || values.size() == dimension,
        values.size() + " numbers in a vector of " + model + ", which has " + dimension);
    try {
      Reference.requireUnitLength(TemplateRecords.toArray(values), "A record");
    } catch (IllegalArgumentException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private static <T extends MessageLite> T decode(
      Topic<T> topic, Headers headers, byte @Nullable [] value) {
    if (value == null) {
      throw damaged("a record of " + topic.name() + " without a value");
    }
    return topic.valueSerde().deserializer().deserialize(topic.name(), headers, value);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw damaged(otherwise);
    }
  }

  private static UnreadableRecordException damaged(String what) {
    return new UnreadableRecordException(Kind.DAMAGED, what);
  }
}
