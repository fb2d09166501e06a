package io.facelogin.encoder.kafka;

import io.facelogin.contract.kafka.Answering;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Faces;
import io.facelogin.encoder.EncoderMetrics;
import io.facelogin.encoder.EncoderSettings;
import io.facelogin.encoder.face.FaceEncoding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Faces to embeddings, those of a poll together. */
public final class FaceAnswers implements Answering<Faces, Embeddings> {

  private final EncoderSettings settings;
  private final FaceEncoding encoding;
  private final EncoderMetrics metrics;

  public FaceAnswers(EncoderSettings settings, FaceEncoding encoding, EncoderMetrics metrics) {
    this.settings = settings;
    this.encoding = encoding;
    this.metrics = metrics;
  }

  @Override
  public String stage() {
    return "encoder";
  }

  @Override
  public Topic<Faces> from() {
    return Topics.FACES;
  }

  @Override
  public Topic<Embeddings> to() {
    return Topics.EMBEDDINGS;
  }

  @Override
  public int maxPollRecords() {
    return settings.maxPollRecords();
  }

  @Override
  public void warmUp() {
    encoding.warmUp();
  }

  @Override
  public void received(int records, int unreadable) {
    metrics.received(records, unreadable);
  }

  @Override
  public List<Optional<Embeddings>> answer(List<Faces> faces, long receivedAtUs) {
    long began = System.nanoTime();
    List<Embeddings> answers = encoding.encode(faces, receivedAtUs);
    metrics.processing(Duration.ofNanos(System.nanoTime() - began));
    metrics.processed(answers.size());
    return answers.stream().map(Optional::of).toList();
  }

  @Override
  public String key(Embeddings answer) {
    return answer.getFrame().getCameraId();
  }

  @Override
  public String model(Embeddings answer) {
    return answer.getModelId();
  }
}
