package io.facelogin.matcher.kafka;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.ModelId;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.kafka.UnreadableRecordException.Kind;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Sample;
import io.facelogin.contract.v1.Template;
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

  ReadableRecords(ModelId model, int dimension) {
    this.model = model;
    this.dimension = dimension;
  }

  Embeddings embeddings(Headers headers, byte @Nullable [] value) {
    Embeddings embeddings = decode(Topics.EMBEDDINGS, headers, value);
    require(
        embeddings.getFrame().getPurpose() != Purpose.PURPOSE_UNSPECIFIED,
        "embeddings without a purpose");
    require(!embeddings.getFrame().getCameraId().isBlank(), "embeddings without a camera id");
    for (EmbeddedFace face : embeddings.getFacesList()) {
      if (face.getVectorCount() > 0) {
        require(!embeddings.getModelId().isBlank(), "embeddings without a model id");
        vector(embeddings.getModelId(), face.getVectorList());
      }
    }
    return embeddings;
  }

  EnrolmentCommand enrolment(Headers headers, byte @Nullable [] value) {
    EnrolmentCommand command = decode(Topics.ENROLMENTS, headers, value);
    require(!command.getPersonId().isBlank(), "an enrolment command without a person id");
    require(!command.getCommandId().isBlank(), "an enrolment command without a command id");
    require(command.hasEnrol() || command.hasErase(), "an enrolment command without an act");
    for (Sample sample : command.getEnrol().getSamplesList()) {
      require(!sample.getModelId().isBlank(), "a sample without a model id");
      vector(sample.getModelId(), sample.getVectorList());
    }
    return command;
  }

  Reference template(Headers headers, byte @Nullable [] value) {
    Template template = decode(Topics.GALLERY, headers, value);
    vector(template.getModelId(), template.getVectorList());
    try {
      return TemplateRecords.toReference(template);
    } catch (IllegalArgumentException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
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
