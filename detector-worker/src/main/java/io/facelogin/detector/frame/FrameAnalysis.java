package io.facelogin.detector.frame;

import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Trace;
import io.facelogin.detector.DetectorMetrics;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.track.FaceTracks;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.FoundFace;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is found in frames. All frames given together go through the networks together. One thread,
 * because of the tracks.
 */
public final class FrameAnalysis {

  private final DetectorSettings settings;
  private final FaceFinder finder;
  private final FaceTracks tracks;
  private final DetectorMetrics metrics;
  private final Clock clock;

  public FrameAnalysis(
      DetectorSettings settings, FaceFinder finder, DetectorMetrics metrics, Clock clock) {
    this.settings = settings;
    this.finder = finder;
    this.tracks = new FaceTracks(settings.trackTimeout());
    this.metrics = metrics;
    this.clock = clock;
  }

  /** A frame on its way to its answer. */
  private static final class Work {
    final Frame frame;
    final Faces.Builder answer;

    Work(Frame frame, Faces.Builder answer) {
      this.frame = frame;
      this.answer = answer;
    }
  }

  private record Decoded(Work work, Picture picture) {}

  /**
   * @param receivedAtUs when the worker got them, microseconds since the epoch
   * @return one answer per frame, in the same order
   */
  public List<Faces> analyse(List<Frame> frames, long receivedAtUs) {
    List<Work> all =
        frames.stream().map(frame -> new Work(frame, answerTo(frame, receivedAtUs))).toList();
    // Frames with another smallest face need another pyramid: one call for each kind.
    Map<Integer, List<Decoded>> byMinFace = new TreeMap<>();
    try {
      for (Work work : all) {
        decode(work, byMinFace);
      }
      byMinFace.forEach((minFacePx, decoded) -> find(decoded, minFacePx));
    } finally {
      byMinFace.values().forEach(group -> group.forEach(decoded -> decoded.picture().close()));
    }
    long detectedAtUs = nowUs();
    List<Faces> answers = new ArrayList<>(all.size());
    for (Work work : all) {
      work.answer.getTraceBuilder().setDetectedUs(detectedAtUs);
      answers.add(work.answer.build());
    }
    return answers;
  }

  /** For a frame that nobody looked at: tells whoever waits for an answer why. */
  public Faces stale(Frame frame, long receivedAtUs) {
    return answerTo(frame, receivedAtUs).addProblems(Reason.STALE).build();
  }

  private void decode(Work work, Map<Integer, List<Decoded>> byMinFace) {
    Picture picture;
    try {
      picture = PictureReader.read(work.frame.getJpeg().toByteArray());
    } catch (UnusablePictureException e) {
      metrics.dropped(Reason.BAD_FRAME);
      work.answer.addProblems(Reason.BAD_FRAME);
      return;
    }
    metrics.processed();
    work.answer.getFrameBuilder().setWidthPx(picture.widthPx()).setHeightPx(picture.heightPx());
    int wanted = work.frame.getMinFacePx();
    int minFacePx = wanted == 0 ? settings.minFacePx() : Math.max(12, wanted);
    byMinFace.computeIfAbsent(minFacePx, px -> new ArrayList<>()).add(new Decoded(work, picture));
  }

  private void find(List<Decoded> decoded, int minFacePx) {
    List<Picture> pictures = decoded.stream().map(Decoded::picture).toList();
    List<List<FoundFace>> found = finder.find(pictures, minFacePx);
    for (int i = 0; i < decoded.size(); i++) {
      Decoded one = decoded.get(i);
      record(one.work(), largest(found.get(i)));
      if (found.get(i).isEmpty()) {
        one.work().answer.addProblems(Reason.NO_FACE);
        finder.lightOf(one.picture()).ifPresent(one.work().answer::addProblems);
      }
    }
  }

  private List<FoundFace> largest(List<FoundFace> faces) {
    return faces.stream()
        .sorted(Comparator.comparingDouble((FoundFace face) -> -face.face().boxPx().area()))
        .limit(settings.maxFaces())
        .toList();
  }

  private void record(Work work, List<FoundFace> faces) {
    List<Box> boxes = faces.stream().map(face -> face.face().boxPx()).toList();
    long[] ids =
        tracks.follow(
            work.frame.getRef().getCameraId(), work.frame.getRef().getCapturedAtUs(), boxes);
    for (int i = 0; i < faces.size(); i++) {
      FoundFace face = faces.get(i);
      work.answer.addFaces(FaceRecords.crop(face, ids[i]));
      List<Reason> reasons = face.quality().reasons();
      metrics.face(reasons.isEmpty() ? "GOOD" : reasons.get(0).name());
    }
  }

  private Faces.Builder answerTo(Frame frame, long receivedAtUs) {
    return Faces.newBuilder()
        .setFrame(frame.getRef())
        .setDetectorModelId(finder.detector().model().value())
        .setTrace(
            Trace.newBuilder()
                .setCapturedUs(frame.getRef().getCapturedAtUs())
                .setDetectorReceivedUs(receivedAtUs));
  }

  private long nowUs() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}
