package io.facelogin.capture;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Clips made on the spot: each frame is of one grey, brighter from frame to frame. */
public final class TestClip {

  private TestClip() {}

  public static Path mpeg4(Path file, int frames, int framesPerSecond) throws Exception {
    return write(
        file, frames, framesPerSecond, "mp4", avcodec.AV_CODEC_ID_MPEG4, avutil.AV_PIX_FMT_YUV420P);
  }

  public static Path motionJpegAvi(Path file, int frames, int framesPerSecond) throws Exception {
    return write(
        file,
        frames,
        framesPerSecond,
        "avi",
        avcodec.AV_CODEC_ID_MJPEG,
        avutil.AV_PIX_FMT_YUVJ420P);
  }

  /** The grey of a frame. */
  public static int grey(int frame, int frames) {
    return 20 + 200 * frame / frames;
  }

  private static Path write(
      Path file, int frames, int framesPerSecond, String format, int codec, int pixelFormat)
      throws Exception {
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 320, 240, 0);
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat()) {
      recorder.setFormat(format);
      recorder.setVideoCodec(codec);
      recorder.setPixelFormat(pixelFormat);
      recorder.setFrameRate(framesPerSecond);
      recorder.setVideoBitrate(2_000_000);
      recorder.start();
      for (int i = 0; i < frames; i++) {
        int grey = grey(i, frames);
        try (Mat mat = new Mat(240, 320, CV_8UC3, new Scalar(grey, grey, grey, 0))) {
          Frame frame = converter.convert(mat);
          recorder.record(frame);
        }
      }
    }
    return file;
  }
}
