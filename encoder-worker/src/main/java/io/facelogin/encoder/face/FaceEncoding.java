package io.facelogin.encoder.face;

import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Reason;
import io.facelogin.encoder.EncoderMetrics;
import io.facelogin.encoder.EncoderSettings;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Gives the faces of several frames their vectors in one network call. Any thread. */
public final class FaceEncoding {

  /** More in one call are rare, and then the wait is for them, not for the network. */
  private static final int WARM_FACES = 8;

  private final EncoderSettings settings;
  private final Encoder encoder;
  private final EncoderMetrics metrics;
  private final Clock clock;

  public FaceEncoding(
      EncoderSettings settings, Encoder encoder, EncoderMetrics metrics, Clock clock) {
    this.settings = settings;
    this.encoder = encoder;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Has the network run on crops without a face: its first runs, and the first of each number of
   * faces, take several times as long, and somebody would wait for them.
   */
  public void warmUp() {
    int side = encoder.cropSidePx();
    byte[] grey = new byte[side * side * 3];
    Arrays.fill(grey, (byte) 128);
    AlignedFace crop = new AlignedFace(grey, side, side, encoder.alignment());
    for (int faces = 1; faces <= WARM_FACES; faces *= 2) {
      encoder.encode(Collections.nCopies(faces, crop));
    }
  }

  /** A face that waits for its vector. */
  private record Waiting(EmbeddedFace.Builder face, AlignedFace crop) {}

  /**
   * @param frames the faces found, one record per frame
   * @param receivedAtUs when the worker got them, microseconds since the epoch
   * @return one record per frame, in the same order, problems and reasons passed on
   */
  public List<Embeddings> encode(List<Faces> frames, long receivedAtUs) {
    List<Embeddings.Builder> answers = new ArrayList<>(frames.size());
    List<Waiting> waiting = new ArrayList<>();
    int faces = 0;
    for (Faces frame : frames) {
      Embeddings.Builder answer = answerTo(frame, receivedAtUs);
      for (FaceCrop crop : frame.getFacesList()) {
        collect(frame, crop, answer, waiting);
        faces++;
      }
      answers.add(answer);
    }
    if (!waiting.isEmpty()) {
      List<Embedding> embeddings = encoder.encode(waiting.stream().map(Waiting::crop).toList());
      for (int i = 0; i < waiting.size(); i++) {
        add(embeddings.get(i), waiting.get(i).face());
      }
    }
    metrics.faces(waiting.size(), faces - waiting.size());
    long encodedAtUs = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    answers.forEach(answer -> answer.getTraceBuilder().setEncodedUs(encodedAtUs));
    return answers.stream().map(Embeddings.Builder::build).toList();
  }

  /** The vector, and what the network saw in the face weighed into its quality. */
  private void add(Embedding embedding, EmbeddedFace.Builder face) {
    for (float value : embedding.vector()) {
      face.addVector(value);
    }
    face.getQualityBuilder()
        .setOverall(face.getQuality().getOverall() * encoder.recognisability(embedding));
  }

  private void collect(
      Faces frame, FaceCrop crop, Embeddings.Builder answer, List<Waiting> waiting) {
    EmbeddedFace.Builder face = answer.addFacesBuilder();
    face.setTrackId(crop.getTrackId())
        .setBox(crop.getBox())
        .addAllLandmarks(crop.getLandmarksList())
        .setDetectionScore(crop.getDetectionScore())
        .setQuality(crop.getQuality())
        .addAllAttackSigns(crop.getAttackSignsList());
    if (crop.hasAttackScore()) {
      face.setAttackScore(crop.getAttackScore());
    }
    if (crop.hasRelief()) {
      face.setRelief(crop.getRelief());
    }
    if (crop.getCropRgb().isEmpty()) {
      // Its track has sent as good a picture before.
      return;
    }
    if (!fits(crop)) {
      face.getQualityBuilder().addReasons(Reason.MODEL_MISMATCH);
      return;
    }
    boolean poor = crop.getQuality().getReasonsCount() > 0;
    if (!poor || settings.encodePoorFor().contains(frame.getFrame().getPurpose())) {
      waiting.add(
          new Waiting(
              face,
              new AlignedFace(
                  crop.getCropRgb().toByteArray(),
                  crop.getCropWidthPx(),
                  crop.getCropHeightPx(),
                  crop.getAlignment())));
    }
  }

  /** Whether the detector aligned it for this encoder; both are set up apart from each other. */
  private boolean fits(FaceCrop crop) {
    int side = encoder.cropSidePx();
    return crop.getAlignment().equals(encoder.alignment())
        && crop.getCropWidthPx() == side
        && crop.getCropHeightPx() == side
        && crop.getCropRgb().size() == side * side * 3;
  }

  private Embeddings.Builder answerTo(Faces frame, long receivedAtUs) {
    return Embeddings.newBuilder()
        .setFrame(frame.getFrame())
        .addAllProblems(frame.getProblemsList())
        .setModelId(encoder.model().value())
        .setTrace(frame.getTrace().toBuilder().setEncoderReceivedUs(receivedAtUs));
  }
}
