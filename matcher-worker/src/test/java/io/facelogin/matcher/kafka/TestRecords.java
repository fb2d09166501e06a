package io.facelogin.matcher.kafka;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.PersonSeals;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.PersonKeys;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Quality;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Sample;
import io.facelogin.contract.v1.Trace;
import io.facelogin.matcher.TestFaces;
import java.util.List;

/** Records as encoder and web page would send them. */
final class TestRecords {

  private TestRecords() {}

  static EmbeddedFace face(long track, float[] vector) {
    return face(track, vector, TestFaces.good());
  }

  static EmbeddedFace face(long track, float[] vector, Quality quality) {
    return EmbeddedFace.newBuilder()
        .setTrackId(track)
        .addAllVector(list(vector))
        .setQuality(quality)
        .build();
  }

  static EmbeddedFace unusable(long track, Reason reason) {
    return EmbeddedFace.newBuilder().setTrackId(track).setQuality(TestFaces.poor(reason)).build();
  }

  static Embeddings frame(
      Purpose purpose, String camera, long sequence, long capturedMs, EmbeddedFace... faces) {
    return Embeddings.newBuilder()
        .setFrame(
            FrameRef.newBuilder()
                .setCameraId(camera)
                .setSequence(sequence)
                .setCapturedAtUs(capturedMs * 1_000)
                .setPurpose(purpose))
        .addAllFaces(List.of(faces))
        .setModelId(TestFaces.MODEL)
        .setTrace(Trace.newBuilder().setCapturedUs(capturedMs * 1_000))
        .build();
  }

  static EnrolmentCommand.Builder enrol(String command, String person, float[]... vectors) {
    var enrol = EnrolmentCommand.Enrol.newBuilder().setConsentId("consent");
    for (float[] vector : vectors) {
      enrol.addSamples(sample(vector));
    }
    return EnrolmentCommand.newBuilder()
        .setCommandId(command)
        .setPersonId(person)
        .setIssuedAtUs(1_000_000)
        .setEnrol(enrol);
  }

  /** As it travels: no sample can be read without the person's key. */
  static EnrolmentCommand sealed(EnrolmentCommand command, PersonKeys keys) {
    return !command.hasEnrol()
        ? command
        : PersonSeals.seal(
            command.toBuilder().setEnrol(command.getEnrol().toBuilder().clearSamples()).build(),
            command.getEnrol().getSamplesList(),
            keys.find(new PersonId(command.getPersonId())).orElseGet(DataKey::fresh));
  }

  static Sample.Builder sample(float[] vector) {
    return Sample.newBuilder()
        .addAllVector(list(vector))
        .setModelId(TestFaces.MODEL)
        .setQuality(TestFaces.good())
        .setSource("webcam");
  }

  static EnrolmentCommand.Builder erase(String command, String person) {
    return EnrolmentCommand.newBuilder()
        .setCommandId(command)
        .setPersonId(person)
        .setErase(EnrolmentCommand.Erase.getDefaultInstance());
  }

  static float[][] samples(int person, int count, long seed) {
    float[][] samples = new float[count][];
    for (int i = 0; i < count; i++) {
      samples[i] = TestFaces.like(TestFaces.person(person), 0.85, seed * 100 + i);
    }
    return samples;
  }

  private static List<Float> list(float[] vector) {
    List<Float> list = new java.util.ArrayList<>(vector.length);
    for (float value : vector) {
      list.add(value);
    }
    return list;
  }
}
