package io.facelogin.models;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.facelogin.models.picture.Picture;
import org.bytedeco.opencv.opencv_core.Mat;

/** Stored crops as aligned faces. */
public final class Crops {

  private Crops() {}

  public static AlignedFace read(String relative, String alignment) {
    try (Picture picture = SharedData.picture(relative);
        Mat rgb = new Mat()) {
      cvtColor(picture.bgr(), rgb, COLOR_BGR2RGB);
      byte[] bytes = new byte[picture.widthPx() * picture.heightPx() * 3];
      rgb.data().get(bytes);
      return new AlignedFace(bytes, picture.widthPx(), picture.heightPx(), alignment);
    }
  }
}
