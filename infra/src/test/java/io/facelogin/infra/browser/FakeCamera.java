package io.facelogin.infra.browser;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2f;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Writes the Motion-JPEG files that Chromium plays as a webcam, over and over. */
final class FakeCamera {

  static final int WIDTH_PX = 640;
  static final int HEIGHT_PX = 480;
  private static final int FRAMES_PER_SECOND = 15;
  private static final int PHOTOGRAPH_FRAMES = 60;

  private FakeCamera() {}

  /** Real clips, where this machine has them; empty elsewhere. */
  static Optional<Path> clips() {
    String data = System.getenv("FACE_LOGIN_DATA");
    Path root = data == null ? Path.of("..", "..", "shared") : Path.of(data);
    Path clips = root.resolve("video").toAbsolutePath().normalize();
    return Files.isDirectory(clips) ? Optional.of(clips) : Optional.empty();
  }

  /** The clip at 640 x 480 and 15 frames a second, bars where its shape is another. */
  static Path ofClip(Path clip, Path folder) throws IOException {
    Path file = folder.resolve(clip.getFileName() + ".mjpeg");
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(clip.toFile());
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
        FFmpegFrameRecorder recorder = recorder(file)) {
      grabber.start();
      recorder.start();
      double every = Math.max(1, grabber.getVideoFrameRate() / FRAMES_PER_SECOND);
      double next = 0;
      Frame frame;
      for (int i = 0; (frame = grabber.grabImage()) != null; i++) {
        if (i >= next) {
          next += every;
          try (Mat fitted = fitted(converter.convert(frame))) {
            recorder.record(converter.convert(fitted));
          }
        }
      }
    }
    return file;
  }

  /**
   * A photograph of one face in slow motion: nearer and further, to the sides, tilted.
   *
   * @param resource below {@code /faces/}
   * @param brightness 1 leaves it as it is
   * @param phase where in the movement it begins, so that two clips of one photograph differ
   */
  static Path ofPhotograph(String resource, double brightness, double phase, Path folder)
      throws IOException {
    Path photograph = Files.createTempFile(folder, "photograph", ".jpg");
    try (InputStream content = FakeCamera.class.getResourceAsStream("/faces/" + resource)) {
      if (content == null) {
        throw new IOException("No test resource /faces/" + resource);
      }
      Files.write(photograph, content.readAllBytes());
    }
    Path file = folder.resolve(resource + "-" + phase + ".mjpeg");
    try (Mat picture = opencv_imgcodecs.imread(photograph.toString());
        Mat still = fitted(picture);
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
        FFmpegFrameRecorder recorder = recorder(file)) {
      recorder.start();
      for (int i = 0; i < PHOTOGRAPH_FRAMES; i++) {
        try (Mat moved = moved(still, brightness, phase + 2 * Math.PI * i / PHOTOGRAPH_FRAMES)) {
          recorder.record(converter.convert(moved));
        }
      }
    }
    return file;
  }

  private static Mat moved(Mat still, double brightness, double angle) {
    double scale = 0.8 + 0.08 * Math.sin(angle);
    try (Point2f centre = new Point2f(WIDTH_PX / 2f, HEIGHT_PX / 2f);
        Mat turn = opencv_imgproc.getRotationMatrix2D(centre, 4 * Math.cos(angle), scale);
        Mat light = new Mat();
        Size size = new Size(WIDTH_PX, HEIGHT_PX);
        Scalar grey = new Scalar(96, 96, 96, 0)) {
      still.convertTo(light, -1, brightness, 0);
      Mat moved = new Mat();
      opencv_imgproc.warpAffine(
          light, moved, turn, size, opencv_imgproc.INTER_LINEAR, opencv_core.BORDER_CONSTANT, grey);
      return moved;
    }
  }

  private static Mat fitted(Mat picture) {
    double scale =
        Math.min((double) WIDTH_PX / picture.cols(), (double) HEIGHT_PX / picture.rows());
    try (Size size = new Size((int) (picture.cols() * scale), (int) (picture.rows() * scale));
        Mat resized = new Mat();
        Scalar black = Scalar.all(0)) {
      opencv_imgproc.resize(picture, resized, size, 0, 0, opencv_imgproc.INTER_AREA);
      int left = (WIDTH_PX - resized.cols()) / 2;
      int top = (HEIGHT_PX - resized.rows()) / 2;
      Mat fitted = new Mat();
      opencv_core.copyMakeBorder(
          resized,
          fitted,
          top,
          HEIGHT_PX - resized.rows() - top,
          left,
          WIDTH_PX - resized.cols() - left,
          opencv_core.BORDER_CONSTANT,
          black);
      return fitted;
    }
  }

  private static FFmpegFrameRecorder recorder(Path file) {
    FFmpegFrameRecorder recorder =
        new FFmpegFrameRecorder(new File(file.toString()), WIDTH_PX, HEIGHT_PX);
    recorder.setFormat("mjpeg");
    recorder.setVideoCodec(avcodec.AV_CODEC_ID_MJPEG);
    recorder.setPixelFormat(avutil.AV_PIX_FMT_YUVJ420P);
    recorder.setFrameRate(FRAMES_PER_SECOND);
    recorder.setVideoQuality(3);
    return recorder;
  }
}
