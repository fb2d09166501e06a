package io.facelogin.infra.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Real clips as the Motion-JPEG files that Chromium plays as a webcam, over and over. */
final class FakeCamera {

  static final int WIDTH_PX = 640;
  static final int HEIGHT_PX = 480;
  private static final int FRAMES_PER_SECOND = 15;

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
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
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
   * A photograph held before the camera, for seven seconds that repeat without a jump: moved,
   * turned, tilted by up to 25 degrees and brought nearer, before a grey wall, in changing light.
   *
   * @param photograph what is on it
   * @param seed how it moves; the last digit says how vigorously
   */
  static Path ofStill(Path photograph, long seed, Path folder) throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    Path file = Files.createTempFile(folder, "still-", ".mjpeg");
    try (Mat still = opencv_imgcodecs.imread(photograph.toString());
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
        FFmpegFrameRecorder recorder = recorder(file)) {
      HeldPhotograph held = new HeldPhotograph(still, WIDTH_PX, HEIGHT_PX, seed);
      recorder.start();
      int frames = HeldPhotograph.SECONDS * FRAMES_PER_SECOND;
      for (int i = 0; i < frames; i++) {
        try (Mat shown = held.at((double) i / frames)) {
          recorder.record(converter.convert(shown));
        }
      }
    }
    return file;
  }

  /** Pictures of the clip, evenly over its time, as photographs in the folder. */
  static List<Path> stills(Path clip, int count, Path folder) throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    List<Path> stills = new ArrayList<>();
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(clip.toFile());
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat()) {
      grabber.start();
      int frames = grabber.getLengthInVideoFrames();
      for (int i = 0; i < count; i++) {
        grabber.setVideoFrameNumber(frames * i / count);
        Path file = folder.resolve(clip.getFileName() + "-" + i + ".jpg");
        opencv_imgcodecs.imwrite(file.toString(), converter.convert(grabber.grabImage()));
        stills.add(file);
      }
    }
    return stills;
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
