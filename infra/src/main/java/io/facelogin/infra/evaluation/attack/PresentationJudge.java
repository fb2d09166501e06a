package io.facelogin.infra.evaluation.attack;

import com.google.protobuf.ByteString;
import io.facelogin.capture.source.CameraUnavailableException;
import io.facelogin.capture.source.JpegEncoder;
import io.facelogin.capture.source.VideoFrames;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.detector.DetectorMetrics;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.frame.FrameAnalysis;
import io.facelogin.models.AttackDetector;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.liveness.AttackEvidence;
import io.facelogin.models.liveness.AttackEvidence.Answer;
import io.facelogin.models.liveness.AttackLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges presentations as the pipeline does: pictures by the networks' score, clips frame by frame
 * as a browser's at the log-in page, by the very detector and rules that stand at the door. One
 * thread.
 */
public final class PresentationJudge {

  private static final int JPEG_QUALITY = 85;

  private final FrameAnalysis analysis;
  private final AttackLimits limits;
  private final Duration patience;
  private final Duration interval;
  private long sequence;

  /**
   * @param patience a clip that has not passed after so long is refused, as at the door
   * @param interval between two frames of a clip
   */
  public PresentationJudge(
      FaceFinder finder,
      AttackDetector networks,
      int minFacePx,
      AttackLimits limits,
      Duration patience,
      Duration interval) {
    this.analysis =
        new FrameAnalysis(
            DetectorSettings.defaults().withMinFacePx(minFacePx).withoutHaste(),
            finder,
            () -> Optional.of(networks),
            new DetectorMetrics(new SimpleMeterRegistry()),
            Clock.systemUTC());
    this.limits = limits;
    this.patience = patience;
    this.interval = interval;
  }

  public Judged judge(Presentation presentation) throws IOException {
    return VideoFrames.isVideo(presentation.file()) ? clip(presentation) : picture(presentation);
  }

  private Judged picture(Presentation presentation) throws IOException {
    byte[] bytes = Files.readAllBytes(presentation.file());
    Optional<FaceCrop> face = largest(faces(Purpose.IDENTIFY, "picture", 0, bytes));
    if (face.isEmpty() || !face.get().hasAttackScore()) {
      return Judged.failed(presentation, false, "no face was found");
    }
    double score = face.get().getAttackScore();
    return new Judged(
        presentation,
        false,
        score < limits.attackScore(),
        OptionalDouble.of(score),
        OptionalDouble.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The largest face of each frame; whichever track first passes, or the first, is the verdict. */
  private Judged clip(Presentation presentation) {
    List<byte[]> jpegs = new ArrayList<>();
    List<Long> timesUs = new ArrayList<>();
    try {
      frames(presentation.file(), jpegs, timesUs);
    } catch (CameraUnavailableException e) {
      return Judged.failed(presentation, true, String.valueOf(e.getMessage()));
    }
    String camera = "clip-" + ++sequence;
    Map<Long, AttackEvidence> tracks = new LinkedHashMap<>();
    Map<Long, Answer> answers = new LinkedHashMap<>();
    Map<Long, Duration> decidedAfter = new HashMap<>();
    for (int i = 0; i < jpegs.size(); i++) {
      Optional<FaceCrop> found =
          largest(faces(Purpose.LOGIN, camera, timesUs.get(i), jpegs.get(i)));
      if (found.isEmpty()) {
        continue;
      }
      FaceCrop face = found.get();
      Answer before = answers.getOrDefault(face.getTrackId(), Answer.PENDING);
      if (before == Answer.FAILED || before == Answer.PASSED) {
        continue;
      }
      AttackEvidence evidence =
          tracks
              .getOrDefault(face.getTrackId(), AttackEvidence.NONE)
              .with(
                  face.hasAttackScore()
                      ? OptionalDouble.of(face.getAttackScore())
                      : OptionalDouble.empty(),
                  face.getAttackSignsList(),
                  face.hasRelief() ? OptionalDouble.of(face.getRelief()) : OptionalDouble.empty());
      tracks.put(face.getTrackId(), evidence);
      Answer answer = evidence.answer(limits, true);
      answers.put(face.getTrackId(), answer);
      if (answer == Answer.PASSED || answer == Answer.FAILED) {
        long us = timesUs.get(i) - timesUs.get(0);
        decidedAfter.put(face.getTrackId(), Duration.of(us, ChronoUnit.MICROS));
      }
    }
    return tracks.isEmpty()
        ? Judged.failed(presentation, true, "no face was found")
        : verdict(presentation, tracks, answers, decidedAfter);
  }

  private void frames(Path clip, List<byte[]> jpegs, List<Long> timesUs)
      throws CameraUnavailableException {
    JpegEncoder encoder = new JpegEncoder(JPEG_QUALITY);
    VideoFrames.each(
        clip,
        interval,
        (time, bgr) -> {
          try (bgr) {
            jpegs.add(encoder.encode(bgr).bytes());
            timesUs.add(1_000_000 + time.toNanos() / 1_000);
          }
          return time.compareTo(patience) < 0;
        });
  }

  private static Judged verdict(
      Presentation presentation,
      Map<Long, AttackEvidence> tracks,
      Map<Long, Answer> answers,
      Map<Long, Duration> decidedAfter) {
    long decisive =
        answers.entrySet().stream()
            .filter(answer -> answer.getValue() == Answer.PASSED)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseGet(
                () ->
                    tracks.entrySet().stream()
                        .max((a, b) -> a.getValue().frames() - b.getValue().frames())
                        .orElseThrow()
                        .getKey());
    AttackEvidence evidence = tracks.getOrDefault(decisive, AttackEvidence.NONE);
    return new Judged(
        presentation,
        true,
        answers.get(decisive) == Answer.PASSED,
        evidence.meanScore(),
        evidence.relief(),
        List.copyOf(evidence.signs()),
        Optional.ofNullable(decidedAfter.get(decisive)),
        Optional.empty());
  }

  private Faces faces(Purpose purpose, String camera, long atUs, byte[] bytes) {
    FrameRef ref =
        FrameRef.newBuilder()
            .setCameraId(camera)
            .setSequence(++sequence)
            .setCapturedAtUs(atUs)
            .setPurpose(purpose)
            .build();
    Frame frame = Frame.newBuilder().setRef(ref).setJpeg(ByteString.copyFrom(bytes)).build();
    return analysis.analyse(List.of(frame), atUs).get(0);
  }

  private static Optional<FaceCrop> largest(Faces faces) {
    // They come the largest first.
    return faces.getFacesList().stream().findFirst();
  }
}
