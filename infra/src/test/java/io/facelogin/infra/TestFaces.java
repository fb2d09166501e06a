package io.facelogin.infra;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Java2DFrameConverter;

/**
 * Real faces that are always there: cut out of the photographs of {@code faces/NOTICE.md}, and
 * clips in which such a photograph moves, comes nearer and changes its light.
 */
public final class TestFaces {

  /** People of the photographs, see {@link Photographs.Person}. */
  public enum Person {
    ADA,
    BEA,
    STRANGER;

    Photographs.Person who() {
      return Photographs.Person.valueOf(name());
    }
  }

  private static final int CLIP_WIDTH = 640;
  private static final int CLIP_HEIGHT = 480;
  private static final int CLIP_FRAMES_PER_SECOND = 10;

  private TestFaces() {}

  /** How many photographs there are of somebody. */
  public static int photographs(Person person) {
    return Photographs.of(person.who());
  }

  /** One photograph with nobody else on it, as JPEG. */
  public static byte[] photograph(Person person, int number) throws IOException {
    return Photographs.jpeg(Photographs.picture(person.who(), number));
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
    BufferedImage face = Photographs.picture(person.who(), number);
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

  private static InputStream resource(int photograph) {
    return Objects.requireNonNull(
        TestFaces.class.getResourceAsStream("faces/sample" + photograph + ".jpg"));
  }
}
