package io.facelogin.contract.kafka;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.Sample;
import io.facelogin.contract.v1.Samples;
import io.facelogin.contract.v1.Template;
import java.util.List;

/** What of a person is sealed by the person's own key on the topics and on disk. */
public final class PersonSeals {

  private static final String TEMPLATE = "template";
  private static final String SAMPLES = "samples";

  private PersonSeals() {}

  /** Only the ids remain readable. */
  public static Template seal(Template template, DataKey key) {
    return Template.newBuilder()
        .setTemplateId(template.getTemplateId())
        .setPersonId(template.getPersonId())
        .setSealed(ByteString.copyFrom(key.seal(TEMPLATE, place(template), template.toByteArray())))
        .build();
  }

  /**
   * @throws BrokenSealException if this key did not seal it for this person and template
   */
  public static Template open(Template sealed, DataKey key) {
    byte[] plain = key.open(TEMPLATE, place(sealed), sealed.getSealed().toByteArray());
    try {
      return Template.parseFrom(plain);
    } catch (InvalidProtocolBufferException e) {
      throw new BrokenSealException("What is sealed as a template is none: " + e.getMessage());
    }
  }

  private static String place(Template template) {
    return template.getPersonId() + "/" + template.getTemplateId();
  }

  /**
   * The command with its samples, readable only with the person's key.
   *
   * @param command with person, command id and an enrolment without samples
   */
  public static EnrolmentCommand seal(EnrolmentCommand command, List<Sample> samples, DataKey key) {
    byte[] sealed =
        key.seal(
            SAMPLES,
            place(command),
            Samples.newBuilder().addAllSamples(samples).build().toByteArray());
    return command.toBuilder()
        .setEnrol(command.getEnrol().toBuilder().setSealedSamples(ByteString.copyFrom(sealed)))
        .build();
  }

  /**
   * The command with its samples in the plain.
   *
   * @throws BrokenSealException if this key did not seal it for this person and command
   */
  public static EnrolmentCommand open(EnrolmentCommand command, DataKey key) {
    byte[] plain =
        key.open(SAMPLES, place(command), command.getEnrol().getSealedSamples().toByteArray());
    try {
      return command.toBuilder()
          .setEnrol(
              command.getEnrol().toBuilder()
                  .clearSealedSamples()
                  .addAllSamples(Samples.parseFrom(plain).getSamplesList()))
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new BrokenSealException("What is sealed as samples is none: " + e.getMessage());
    }
  }

  private static String place(EnrolmentCommand command) {
    return command.getPersonId() + "/" + command.getCommandId();
  }
}
