package io.facelogin.infra;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Java2DFrameConverter;

/**
 * Real faces that are always there: cut out of the photographs of {@code faces/NOTICE.md}, and
 * clips in which such a photograph moves, comes nearer and changes its light.
 */
public final class TestFaces {

  /** People of the photographs, two of them on different evenings. */
  public enum Person {
    /** Two photographs, cosine similarity 0.75. */
    ADA,
    /** Two photographs, cosine similarity 0.62: the second with heavy make-up. */
    BEA,
    /** To be enrolled by nobody: below 0.4 to all others. */
    STRANGER
  }

  /** A square around one face: number of the photograph, centre and half side in pixels. */
  private record Place(int photograph, int x, int y, int half) {}

  private static final Map<Person, List<Place>> PLACES =
      Map.of(
          Person.ADA, List.of(new Place(3, 1172, 354, 300), new Place(1, 1583, 319, 300)),
          Person.BEA, List.of(new Place(4, 359, 324, 290), new Place(1, 935, 540, 290)),
          Person.STRANGER, List.of(new Place(4, 1351, 267, 190)));

  private static final int CLIP_WIDTH = 640;
  private static final int CLIP_HEIGHT = 480;
  private static final int CLIP_FRAMES_PER_SECOND = 10;

  private TestFaces() {}

  /** How many photographs there are of somebody. */
  public static int photographs(Person person) {
    return places(person).size();
  }

  /** One photograph with nobody else on it, as JPEG. */
  public static byte[] photograph(Person person, int number) throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture(person, number), "jpg", jpeg);
    return jpeg.toByteArray();
  }

  /** Several people on one photograph, as JPEG. */
  public static byte[] group() throws IOException {
    try (InputStream in = resource(5)) {
      return in.readAllBytes();
    }
  }

  /** The photograph as a file in the given folder. */
  public static Path photograph(Person person, int number, Path folder) throws IOException {
    Path file = folder.resolve(person.name().toLowerCase(Locale.ROOT) + number + ".jpg");
    return Files.write(file, photograph(person, number));
  }

  /**
   * A clip of 640 x 480 px and 10 frames a second in which the photograph moves.
   *
   * @param file its ending says the container: {@code .mp4}; {@code .mjpeg} for Chromium's fake
   *     camera
   */
  public static Path clip(Person person, int number, int seconds, Path file) throws IOException {
    BufferedImage face = picture(person, number);
    boolean mjpeg = file.toString().endsWith(".mjpeg");
    try (FFmpegFrameRecorder recorder =
            new FFmpegFrameRecorder(file.toFile(), CLIP_WIDTH, CLIP_HEIGHT);
        Java2DFrameConverter converter = new Java2DFrameConverter()) {
      avutil.av_log_set_level(avutil.AV_LOG_ERROR);
      recorder.setFormat(mjpeg ? "mjpeg" : "mp4");
      recorder.setVideoCodec(mjpeg ? avcodec.AV_CODEC_ID_MJPEG : avcodec.AV_CODEC_ID_MPEG4);
      recorder.setPixelFormat(mjpeg ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(CLIP_FRAMES_PER_SECOND);
      recorder.setVideoBitrate(4_000_000);
      recorder.start();
      int frames = seconds * CLIP_FRAMES_PER_SECOND;
      for (int i = 0; i < frames; i++) {
        recorder.record(converter.convert(moment(face, 2 * Math.PI * i / frames)));
      }
      recorder.stop();
    }
    return file;
  }

  /** One frame; the phase goes once round, so that the clip can be repeated without a jump. */
  private static BufferedImage moment(BufferedImage face, double phase) {
    BufferedImage frame = new BufferedImage(CLIP_WIDTH, CLIP_HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = frame.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(new Color(96, 104, 112));
    graphics.fillRect(0, 0, CLIP_WIDTH, CLIP_HEIGHT);
    int side = (int) (360 + 60 * Math.sin(phase));
    int x = (int) ((CLIP_WIDTH - side) / 2.0 + 60 * Math.cos(phase));
    int y = (CLIP_HEIGHT - side) / 2;
    graphics.drawImage(face, x, y, side, side, null);
    int shade = (int) (20 + 20 * Math.sin(2 * phase));
    graphics.setColor(new Color(0, 0, 0, shade));
    graphics.fillRect(0, 0, CLIP_WIDTH, CLIP_HEIGHT);
    graphics.dispose();
    return frame;
  }

  private static BufferedImage picture(Person person, int number) throws IOException {
    Place place = places(person).get(number);
    try (InputStream in = resource(place.photograph)) {
      BufferedImage whole = ImageIO.read(in);
      int left = Math.max(0, place.x - place.half);
      int top = Math.max(0, place.y - place.half);
      int right = Math.min(whole.getWidth(), place.x + place.half);
      int bottom = Math.min(whole.getHeight(), place.y + place.half);
      BufferedImage copy =
          new BufferedImage(right - left, bottom - top, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = copy.createGraphics();
      graphics.drawImage(whole, -left, -top, null);
      graphics.dispose();
      return copy;
    }
  }

  private static List<Place> places(Person person) {
    return Objects.requireNonNull(PLACES.get(person));
  }

  private static InputStream resource(int photograph) {
    return Objects.requireNonNull(
        TestFaces.class.getResourceAsStream("faces/sample" + photograph + ".jpg"));
  }
}
