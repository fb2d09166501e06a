package io.facelogin.detector.kafka;

import io.facelogin.contract.kafka.Answering;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Reason;
import io.facelogin.detector.DetectorMetrics;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.frame.FrameAnalysis;
import io.facelogin.detector.frame.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames to faces: those that are fresh are analysed together, a browser is told of stale ones. */
public final class FrameAnswers implements Answering<Frame, Faces> {

  private final DetectorSettings settings;
  private final FrameAnalysis analysis;
  private final Freshness freshness;
  private final DetectorMetrics metrics;

  public FrameAnswers(DetectorSettings settings, FrameAnalysis analysis, DetectorMetrics metrics) {
    this.settings = settings;
    this.analysis = analysis;
    this.freshness = new Freshness(settings.maxFrameAge(), settings.skipAge());
    this.metrics = metrics;
  }

  @Override
  public String stage() {
    return "detector";
  }

  @Override
  public Topic<Frame> from() {
    return Topics.FRAMES;
  }

  @Override
  public Topic<Faces> to() {
    return Topics.FACES;
  }

  @Override
  public int maxPollRecords() {
    return settings.maxPollFrames();
  }

  @Override
  public void warmUp() {
    analysis.warmUp();
  }

  @Override
  public void received(int records, int unreadable) {
    metrics.received(records, unreadable);
  }

  @Override
  public List<Optional<Faces>> answer(List<Frame> frames, long receivedAtUs) {
    List<FrameRef> refs = frames.stream().map(Frame::getRef).toList();
    boolean[] stale = freshness.stale(refs, receivedAtUs);
    List<Frame> fresh = new ArrayList<>();
    for (int i = 0; i < stale.length; i++) {
      if (!stale[i]) {
        fresh.add(frames.get(i));
      }
    }
    long began = System.nanoTime();
    List<Faces> analysed = analysis.analyse(fresh, receivedAtUs);
    metrics.processing(Duration.ofNanos(System.nanoTime() - began));
    List<Optional<Faces>> answers = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < stale.length; i++) {
      answers.add(
          stale[i] ? stale(frames.get(i), receivedAtUs) : Optional.of(analysed.get(next++)));
    }
    return answers;
  }

  private Optional<Faces> stale(Frame frame, long receivedAtUs) {
    metrics.dropped(Reason.STALE);
    // A browser waits for the answer before it sends its next frame.
    return frame.getRef().getSessionId().isEmpty()
        ? Optional.empty()
        : Optional.of(analysis.stale(frame, receivedAtUs));
  }

  @Override
  public String key(Faces answer) {
    return answer.getFrame().getCameraId();
  }

  @Override
  public String model(Faces answer) {
    return answer.getDetectorModelId();
  }
}
