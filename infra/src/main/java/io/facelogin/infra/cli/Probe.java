package io.facelogin.infra.cli;

import io.facelogin.capture.source.CameraUnavailableException;
import io.facelogin.capture.source.ClipSampler;
import io.facelogin.capture.source.JpegPicture;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.FoundFace;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is sent of one file: a picture as it is, of a video the best frames.
 *
 * @param pictures encoded; one for a picture
 */
record Probe(Path file, List<byte[]> pictures) {

  /** What the web interface accepts of one file. */
  private static final int MOST_BYTES = 25_000_000;

  private static final int SAMPLED_FRAMES = 24;

  /** Enough to be sure of somebody; more only cost time. */
  private static final int BEST_FRAMES = 6;

  boolean isVideo() {
    return InputFiles.isVideo(file);
  }

  /**
   * @throws UnusablePictureException if it cannot be read
   */
  static Probe ofPicture(Path file) throws UnusablePictureException {
    byte[] bytes = PictureFile.bytes(file);
    if (bytes.length > MOST_BYTES) {
      throw new UnusablePictureException(
          "Too large to send: %d MB, at most %d MB"
              .formatted(bytes.length / 1_000_000, MOST_BYTES / 1_000_000));
    }
    return new Probe(file, List.of(bytes));
  }

  private record JudgedFrame(JpegPicture frame, float quality) {}

  /**
   * The frames whose largest face is best, in the order of the video; where no face is good, some
   * frames all the same: the site says then what is wrong with them.
   *
   * @throws UnusablePictureException if it is no video
   */
  static Probe ofVideo(Path file, FaceFinder finder, int minFacePx)
      throws UnusablePictureException {
    if (!Files.isRegularFile(file)) {
      throw new UnusablePictureException("There is no such file");
    }
    List<JudgedFrame> judged = new ArrayList<>();
    for (JpegPicture frame : sample(file)) {
      judged.add(new JudgedFrame(frame, quality(frame, finder, minFacePx)));
    }
    List<JudgedFrame> best =
        judged.stream()
            .sorted(Comparator.comparing(JudgedFrame::quality).reversed())
            .limit(BEST_FRAMES)
            .toList();
    return new Probe(
        file, judged.stream().filter(best::contains).map(one -> one.frame().bytes()).toList());
  }

  private static List<JpegPicture> sample(Path file) throws UnusablePictureException {
    try {
      return ClipSampler.sample(file, SAMPLED_FRAMES);
    } catch (CameraUnavailableException e) {
      throw new UnusablePictureException(String.valueOf(e.getMessage()));
    }
  }

  /** 0 without a good face. */
  private static float quality(JpegPicture frame, FaceFinder finder, int minFacePx)
      throws UnusablePictureException {
    try (Picture picture = PictureReader.read(frame.bytes())) {
      return MainFaces.largest(finder.find(List.of(picture), minFacePx).get(0))
          .map(FoundFace::quality)
          .map(quality -> quality.isGood() ? quality.overall() : 0f)
          .orElse(0f);
    }
  }
}
