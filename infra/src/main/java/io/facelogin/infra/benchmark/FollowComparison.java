package io.facelogin.infra.benchmark;

import io.facelogin.capture.source.CameraUnavailableException;
import io.facelogin.capture.source.JpegEncoder;
import io.facelogin.capture.source.VideoFrames;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.follow.FollowedCamera;
import io.facelogin.detector.follow.Look;
import io.facelogin.detector.follow.SeenFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.FoundFace;
import io.facelogin.models.Search;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Glimpse;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows the faces of a clip and searches each of its frames whole as well, one frame at a time,
 * in turns, so that both meet the same machine.
 */
public final class FollowComparison {

  /** A face of the whole search is recalled if a followed one overlaps it this much. */
  public static final float MIN_IOU = 0.5f;

  private static final int JPEG_QUALITY = 92;

  private final DetectorSettings settings;
  private final FaceFinder finder;

  public FollowComparison(DetectorSettings settings, FaceFinder finder) {
    this.settings = settings;
    this.finder = finder;
  }

  /**
   * @param faces of the whole searches
   * @param recalled of those, by following
   * @param extra followed faces that are none of the whole search
   * @param crops of followed faces that would go on to the encoder
   * @param good followed faces of good quality
   * @param tracks begun
   * @param looks frames by what was done about them
   * @param decode of the JPEGs whole, all of them
   * @param whole searches alone, without decoding
   * @param glimpse reduced decoding and the decision where to look
   * @param follow searches while following, without decoding
   * @param followDecode of the JPEGs that had to be decoded whole for following
   */
  public record Result(
      int frames,
      int faces,
      int recalled,
      int extra,
      int crops,
      int good,
      int tracks,
      Map<Look.Kind, Integer> looks,
      Duration decode,
      Duration whole,
      Duration glimpse,
      Duration follow,
      Duration followDecode) {

    public double recall() {
      return faces == 0 ? 1 : (double) recalled / faces;
    }

    /** How many times faster following searches. */
    public double speedup() {
      return (double) whole.toNanos() / Math.max(1, glimpse.plus(follow).toNanos());
    }
  }

  /** One frame as a camera would send it. */
  public record Taken(byte[] jpeg, long atUs) {}

  /**
   * @param interval between two frames; zero: all of the clip's
   */
  public static List<Taken> frames(Path clip, Duration interval) throws CameraUnavailableException {
    JpegEncoder encoder = new JpegEncoder(JPEG_QUALITY);
    List<Taken> frames = new ArrayList<>();
    VideoFrames.each(
        clip,
        interval,
        (time, bgr) -> {
          try (bgr) {
            // One second on: a camera's clock never stands at zero.
            frames.add(new Taken(encoder.encode(bgr).bytes(), 1_000_000 + time.toNanos() / 1000));
          }
          return true;
        });
    return frames;
  }

  public Result compare(List<Taken> frames) throws UnusablePictureException {
    FollowedCamera camera = new FollowedCamera(settings);
    Map<Look.Kind, Integer> looks = new EnumMap<>(Look.Kind.class);
    Set<Long> tracks = new HashSet<>();
    int faces = 0;
    int recalled = 0;
    int extra = 0;
    int crops = 0;
    int good = 0;
    long decodeNs = 0;
    long wholeNs = 0;
    long glimpseNs = 0;
    long followNs = 0;
    long followDecodeNs = 0;
    for (Taken frame : frames) {
      long t0 = System.nanoTime();
      List<Box> whole;
      List<SeenFace> seen;
      try (Picture picture = PictureReader.read(frame.jpeg())) {
        long t1 = System.nanoTime();
        whole = boxes(finder.find(List.of(picture), settings.minFacePx()).get(0));
        long t2 = System.nanoTime();
        Glimpse glimpse = PictureReader.glimpse(frame.jpeg());
        Look look = camera.look(glimpse, frame.atUs(), settings.minFacePx(), false);
        long t3 = System.nanoTime();
        Search search =
            new Search(picture, settings.minFacePx(), look.where(), FollowedCamera.HINT);
        List<DetectedFace> found =
            look.kind() == Look.Kind.SKIPPED
                ? List.of()
                : finder.detector().detect(List.of(search)).get(0);
        seen = camera.seen(look, found, face -> finder.judge(picture, face), false);
        long t4 = System.nanoTime();
        looks.merge(look.kind(), 1, Integer::sum);
        decodeNs += t1 - t0;
        wholeNs += t2 - t1;
        glimpseNs += t3 - t2;
        followNs += t4 - t3;
        followDecodeNs += look.kind() == Look.Kind.SKIPPED ? 0 : t1 - t0;
      }
      List<Box> followed = seen.stream().map(face -> face.face().boxPx()).toList();
      int matched = matched(whole, followed);
      faces += whole.size();
      recalled += matched;
      extra += followed.size() - matched;
      for (SeenFace face : seen) {
        crops += face.crop().isPresent() ? 1 : 0;
        good += face.quality().isGood() ? 1 : 0;
        tracks.add(face.trackId());
      }
    }
    return new Result(
        frames.size(),
        faces,
        recalled,
        extra,
        crops,
        good,
        tracks.size(),
        looks,
        Duration.ofNanos(decodeNs),
        Duration.ofNanos(wholeNs),
        Duration.ofNanos(glimpseNs),
        Duration.ofNanos(followNs),
        Duration.ofNanos(followDecodeNs));
  }

  private static List<Box> boxes(List<FoundFace> faces) {
    return faces.stream().map(face -> face.face().boxPx()).toList();
  }

  /** Pairs of one whole and one followed face each, those that overlap most first. */
  private static int matched(List<Box> whole, List<Box> followed) {
    boolean[] taken = new boolean[followed.size()];
    int matched = 0;
    for (Box face : whole) {
      int best = -1;
      for (int i = 0; i < taken.length; i++) {
        if (!taken[i]
            && face.iou(followed.get(i)) >= MIN_IOU
            && (best < 0 || face.iou(followed.get(i)) > face.iou(followed.get(best)))) {
          best = i;
        }
      }
      if (best >= 0) {
        taken[best] = true;
        matched++;
      }
    }
    return matched;
  }
}
