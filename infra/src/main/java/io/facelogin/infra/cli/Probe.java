package io.facelogin.infra.cli;

import io.facelogin.capture.source.CameraUnavailableException;
import io.facelogin.capture.source.ClipSampler;
import io.facelogin.capture.source.JpegPicture;
import io.facelogin.models.Embedding;
import io.facelogin.models.StillFaces;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

  /** A frame with its largest face. */
  private record JudgedFrame(JpegPicture frame, float quality, Embedding embedding) {

    float similarity(JudgedFrame other) {
      return embedding.cosineSimilarity(other.embedding);
    }
  }

  /**
   * The best frames that agree with each other, in the order of the video: a passer-by, or a hand
   * taken for a face, is left out. Where no frame has a good face, some frames all the same: the
   * site says then what is wrong with them.
   *
   * @param agreement cosine similarity from which two frames show one person
   * @throws UnusablePictureException if it is no video
   */
  static Probe ofVideo(Path file, StillFaces networks, int minFacePx, double agreement)
      throws UnusablePictureException {
    if (!Files.isRegularFile(file)) {
      throw new UnusablePictureException("There is no such file");
    }
    List<JpegPicture> sampled = sample(file);
    List<JudgedFrame> judged = new ArrayList<>();
    for (JpegPicture frame : sampled) {
      judge(frame, networks, minFacePx).ifPresent(judged::add);
    }
    List<JudgedFrame> best = agreeing(judged, agreement);
    List<JpegPicture> sent =
        best.isEmpty()
            ? sampled.subList(0, Math.min(BEST_FRAMES, sampled.size()))
            : judged.stream().filter(best::contains).map(JudgedFrame::frame).toList();
    return new Probe(file, sent.stream().map(JpegPicture::bytes).toList());
  }

  /** Around the frame that is most like all others. */
  private static List<JudgedFrame> agreeing(List<JudgedFrame> judged, double agreement) {
    List<JudgedFrame> kept = new ArrayList<>();
    judged.stream()
        .max(Comparator.comparingDouble(one -> judged.stream().mapToDouble(one::similarity).sum()))
        .ifPresent(kept::add);
    judged.stream()
        .sorted(Comparator.comparing(JudgedFrame::quality).reversed())
        .filter(one -> !kept.contains(one))
        .forEach(
            one -> {
              if (kept.size() < BEST_FRAMES
                  && kept.stream().allMatch(other -> one.similarity(other) >= agreement)) {
                kept.add(one);
              }
            });
    return kept;
  }

  private static List<JpegPicture> sample(Path file) throws UnusablePictureException {
    try {
      return ClipSampler.sample(file, SAMPLED_FRAMES);
    } catch (CameraUnavailableException e) {
      throw new UnusablePictureException(String.valueOf(e.getMessage()));
    }
  }

  /** Empty without a good face. */
  private static Optional<JudgedFrame> judge(JpegPicture frame, StillFaces networks, int minFacePx)
      throws UnusablePictureException {
    try (Picture picture = PictureReader.read(frame.bytes())) {
      return MainFaces.largest(networks.finder().find(List.of(picture), minFacePx).get(0))
          .filter(face -> face.quality().isGood())
          .map(
              face ->
                  new JudgedFrame(
                      frame,
                      face.quality().overall(),
                      networks.encoder().encode(List.of(face.crop())).get(0)));
    }
  }
}
