package io.facelogin.detector.frame;

import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Trace;
import io.facelogin.detector.DetectorMetrics;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.follow.FollowedCamera;
import io.facelogin.detector.follow.FollowedCameras;
import io.facelogin.detector.presentation.PresentationCheck;
import io.facelogin.detector.presentation.PresentedFace;
import io.facelogin.models.AttackDetector;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.Search;
import io.facelogin.models.Search.Around;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.UnusablePictureException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is found in frames. The frames of one camera are looked at in order, since each tells where
 * to look in the next; those of several cameras, and all still pictures, go through the networks
 * together. One thread, because of what is known of the cameras.
 */
public final class FrameAnalysis {

  private final DetectorSettings settings;
  private final FaceFinder finder;
  private final FollowedCameras cameras;
  private final PresentationCheck presentation;
  private final DetectorMetrics metrics;
  private final Clock clock;

  public FrameAnalysis(
      DetectorSettings settings,
      FaceFinder finder,
      Supplier<Optional<AttackDetector>> attacks,
      DetectorMetrics metrics,
      Clock clock) {
    this.settings = settings;
    this.finder = finder;
    this.cameras = new FollowedCameras(settings);
    this.presentation = new PresentationCheck(settings.presentation(), attacks, metrics);
    this.metrics = metrics;
    this.clock = clock;
    metrics.watch(finder.detector());
  }

  /**
   * @param receivedAtUs when the worker got them, microseconds since the epoch
   * @return one answer per frame, in the same order
   */
  public List<Faces> analyse(List<Frame> frames, long receivedAtUs) {
    Faces[] answers = new Faces[frames.size()];
    for (List<Integer> round : rounds(frames)) {
      analyse(frames, round, receivedAtUs, answers);
    }
    return List.of(answers);
  }

  /** Indices of frames: the first of each camera, the second of each, and so on. */
  private static List<List<Integer>> rounds(List<Frame> frames) {
    List<List<Integer>> rounds = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < frames.size(); i++) {
      FrameRef ref = frames.get(i).getRef();
      int round =
          ref.getPurpose() == Purpose.IDENTIFY
              ? 0
              : seen.merge(ref.getCameraId(), 1, Integer::sum) - 1;
      if (round == rounds.size()) {
        rounds.add(new ArrayList<>());
      }
      rounds.get(round).add(i);
    }
    return rounds;
  }

  private void analyse(
      List<Frame> frames, List<Integer> round, long receivedAtUs, Faces[] answers) {
    Map<Integer, FrameWork> works = new LinkedHashMap<>();
    try {
      for (int i : round) {
        begin(frames.get(i)).ifPresent(work -> works.put(i, work));
      }
      List<Search> searches =
          works.values().stream().flatMap(work -> work.search().stream()).toList();
      Iterator<List<DetectedFace>> found =
          (searches.isEmpty() ? List.<List<DetectedFace>>of() : finder.detector().detect(searches))
              .iterator();
      List<PresentedFace> presented = new ArrayList<>();
      Map<Integer, Faces.Builder> begun = new LinkedHashMap<>();
      for (int i : round) {
        Faces.Builder answer = answerTo(frames.get(i), receivedAtUs);
        FrameWork work = works.get(i);
        if (work == null) {
          answer.addProblems(Reason.BAD_FRAME);
        } else {
          metrics.searched(work.kind());
          presented.addAll(
              work.answer(work.search().isPresent() ? found.next() : List.of(), finder, answer));
        }
        begun.put(i, answer);
      }
      presentation.check(presented);
      begun.forEach(
          (i, answer) -> {
            answer.getFacesList().forEach(metrics::face);
            answer.getTraceBuilder().setDetectedUs(nowUs());
            answers[i] = answer.build();
          });
    } finally {
      works.values().forEach(FrameWork::close);
    }
  }

  private Optional<FrameWork> begin(Frame frame) {
    FrameRef ref = frame.getRef();
    int wanted = frame.getMinFacePx();
    int minFacePx = wanted == 0 ? settings.minFacePx() : Math.max(12, wanted);
    // A still picture has nothing before it.
    FollowedCamera camera =
        ref.getPurpose() == Purpose.IDENTIFY
            ? new FollowedCamera(settings)
            : cameras.camera(ref.getCameraId(), ref.getCapturedAtUs());
    try {
      FrameWork work = new FrameWork(frame, camera, minFacePx);
      metrics.processed();
      return Optional.of(work);
    } catch (UnusablePictureException e) {
      metrics.dropped(Reason.BAD_FRAME);
      return Optional.empty();
    }
  }

  /**
   * Runs all three networks on pictures of the usual sizes, so that the first frame does not wait
   * for kernels to be chosen and memory to be got.
   */
  public void warmUp() {
    for (int heightPx : List.of(480, 720, 1080)) {
      int widthPx = heightPx == 480 ? 640 : heightPx * 16 / 9;
      try (Picture picture = Picture.blank(widthPx, heightPx)) {
        Box middle = new Box(100, 100, 200, 220);
        // So low a score lets even a blank picture come to the last network.
        Around around = new Around(List.of(middle), List.of());
        finder
            .detector()
            .detect(
                List.of(
                    Search.everywhere(picture, settings.minFacePx()),
                    new Search(picture, settings.minFacePx(), around, 1e-6f)));
      }
    }
  }

  /** For a frame that nobody looked at: tells whoever waits for an answer why. */
  public Faces stale(Frame frame, long receivedAtUs) {
    return answerTo(frame, receivedAtUs).addProblems(Reason.STALE).build();
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
