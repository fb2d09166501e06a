package io.facelogin.capture.source;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Decoded frames to BGR matrices: right colours (the frame's own matrix and range), square pixels,
 * upright. Buffers are reused; for one thread.
 */
final class PictureConverter implements AutoCloseable {

  /** Pixel formats whose name alone says that values use the full range. */
  private static final Set<Integer> FULL_RANGE =
      Set.of(
          avutil.AV_PIX_FMT_YUVJ420P,
          avutil.AV_PIX_FMT_YUVJ422P,
          avutil.AV_PIX_FMT_YUVJ444P,
          avutil.AV_PIX_FMT_YUVJ440P,
          avutil.AV_PIX_FMT_YUVJ411P);

  private static final int ONE = 1 << 16;

  private final int clockwiseDegrees;
  private @Nullable SwsContext scaler;
  private @Nullable AVFrame target;

  PictureConverter(int clockwiseDegrees) {
    this.clockwiseDegrees = clockwiseDegrees;
  }

  /** The caller closes the result, which is valid only until the next call. */
  Mat toUprightBgr(AVFrame frame) {
    int width = squareWidth(frame);
    int height = frame.height();
    AVFrame bgr = target(width, height);
    scaler =
        swscale.sws_getCachedContext(
            scaler,
            frame.width(),
            frame.height(),
            frame.format(),
            width,
            height,
            AV_PIX_FMT_BGR24,
            swscale.SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (scaler == null) {
      throw new IllegalStateException("FFmpeg cannot convert pixel format " + frame.format());
    }
    boolean fullRange =
        frame.color_range() == avutil.AVCOL_RANGE_JPEG || FULL_RANGE.contains(frame.format());
    swscale.sws_setColorspaceDetails(
        scaler,
        swscale.sws_getCoefficients(frame.colorspace()),
        fullRange ? 1 : 0,
        swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT),
        1,
        0,
        ONE,
        ONE);
    swscale.sws_scale(
        scaler, frame.data(), frame.linesize(), 0, frame.height(), bgr.data(), bgr.linesize());
    Mat matrix = new Mat(height, width, CV_8UC3, bgr.data(0), bgr.linesize(0));
    return clockwiseDegrees == 0 ? matrix : rotated(matrix);
  }

  @Override
  public void close() {
    if (scaler != null) {
      swscale.sws_freeContext(scaler);
      scaler = null;
    }
    freeTarget();
  }

  private static int squareWidth(AVFrame frame) {
    AVRational aspect = frame.sample_aspect_ratio();
    if (aspect.num() <= 0 || aspect.den() <= 0) {
      return frame.width();
    }
    double ratio = aspect.num() / (double) aspect.den();
    // Beyond this the number is damaged, not the lens unusual.
    return ratio < 0.25 || ratio > 4 ? frame.width() : (int) Math.round(frame.width() * ratio);
  }

  private AVFrame target(int width, int height) {
    AVFrame present = target;
    if (present != null && present.width() == width && present.height() == height) {
      return present;
    }
    freeTarget();
    AVFrame made = avutil.av_frame_alloc();
    made.format(AV_PIX_FMT_BGR24).width(width).height(height);
    if (avutil.av_frame_get_buffer(made, 0) < 0) {
      avutil.av_frame_free(made);
      throw new IllegalStateException("No memory for a picture of " + width + "x" + height + " px");
    }
    target = made;
    return made;
  }

  private void freeTarget() {
    if (target != null) {
      avutil.av_frame_free(target);
      target = null;
    }
  }

  private Mat rotated(Mat matrix) {
    int turn =
        switch (clockwiseDegrees) {
          case 90 -> opencv_core.ROTATE_90_CLOCKWISE;
          case 180 -> opencv_core.ROTATE_180;
          case 270 -> opencv_core.ROTATE_90_COUNTERCLOCKWISE;
          default -> throw new IllegalStateException("Turned by " + clockwiseDegrees + " degrees");
        };
    try (matrix) {
      Mat upright = new Mat();
      opencv_core.rotate(matrix, upright, turn);
      return upright;
    }
  }
}
