package io.facelogin.models;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.facelogin.models.picture.Picture;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures that need no file. */
public final class MadePictures {

  private MadePictures() {}

  /** Every byte at random; the same ones for the same seed and size. The caller closes it. */
  public static Picture noise(int widthPx, int heightPx, long seed) {
    Mat bgr = new Mat(heightPx, widthPx, CV_8UC3);
    byte[] bytes = new byte[widthPx * heightPx * 3];
    new Random(seed).nextBytes(bytes);
    bgr.data().put(bytes);
    return new Picture(bgr);
  }
}
