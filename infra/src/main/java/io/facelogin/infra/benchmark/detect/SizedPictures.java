package io.facelogin.infra.benchmark.detect;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Pictures that can all be decoded, as they are or brought to one size. */
public final class SizedPictures {

  private static final Pattern SIZE = Pattern.compile("(\\d{2,5})x(\\d{2,5})");
  private static final int JPEG_QUALITY = 92;

  private SizedPictures() {}

  /**
   * @throws UnusablePictureException if one cannot be decoded
   */
  public static List<byte[]> checked(List<byte[]> files) throws UnusablePictureException {
    for (byte[] file : files) {
      PictureReader.read(file).close();
    }
    return files;
  }

  /**
   * @param size for instance 640x360
   */
  public static List<byte[]> of(List<byte[]> files, String size) throws UnusablePictureException {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("--size must be like 640x360, got " + size);
    }
    int width = Integer.parseInt(matcher.group(1));
    int height = Integer.parseInt(matcher.group(2));
    List<byte[]> sized = new ArrayList<>();
    for (byte[] file : files) {
      try (Picture picture = PictureReader.read(file);
          var to = new Size(width, height);
          var small = new Mat();
          var jpeg = new BytePointer();
          var quality = new IntPointer(IMWRITE_JPEG_QUALITY, JPEG_QUALITY)) {
        resize(picture.bgr(), small, to, 0, 0, INTER_AREA);
        imencode(".jpg", small, jpeg, quality);
        byte[] bytes = new byte[(int) jpeg.limit()];
        jpeg.get(bytes);
        sized.add(bytes);
      }
    }
    return sized;
  }
}
