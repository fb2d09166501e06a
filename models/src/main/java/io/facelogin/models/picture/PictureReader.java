package io.facelogin.models.picture;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Makes a picture of foreign bytes: JPEG, PNG, WebP, GIF (its first picture) or BMP, whatever the
 * file is called. Any thread.
 *
 * <p>The header is judged before anything is decoded, so that a small file cannot ask for much
 * memory; at {@link #MAX_PIXELS} the worst kind (progressive JPEG) takes about 900 MB while it is
 * decoded and 300 MB afterwards. A JPEG without its end or a PNG without its last chunk is refused,
 * even if only the last rows are missing: it is not what the camera took, and OpenCV would fill the
 * rest with grey.
 *
 * <p>The result is what OpenCV's {@code IMREAD_COLOR} gives, as for the reference: EXIF orientation
 * obeyed, alpha dropped, colour profile ignored, 16 bits cut to 8.
 */
public final class PictureReader {

  /** Larger pictures are refused. */
  public static final long MAX_PIXELS = 100_000_000;

  private PictureReader() {}

  /**
   * @return the upright picture, which the caller closes
   * @throws UnusablePictureException if the bytes are no picture that we take
   */
  public static Picture read(byte[] bytes) throws UnusablePictureException {
    PictureHeader header = accepted(bytes);
    return new Picture(decode(bytes, header, IMREAD_COLOR));
  }

  /**
   * A small grey version, for a fraction of the time.
   *
   * @throws UnusablePictureException if the bytes are no picture that we take
   */
  public static Glimpse glimpse(byte[] bytes) throws UnusablePictureException {
    PictureHeader header = accepted(bytes);
    try (Mat reduced = decode(bytes, header, IMREAD_REDUCED_GRAYSCALE_8)) {
      boolean lies = header.widthPx() > header.heightPx();
      boolean turned = reduced.cols() != reduced.rows() && lies != reduced.cols() > reduced.rows();
      int width = (int) (turned ? header.heightPx() : header.widthPx());
      int height = (int) (turned ? header.widthPx() : header.heightPx());
      return Glimpse.of(reduced, width, height);
    }
  }

  private static PictureHeader accepted(byte[] bytes) throws UnusablePictureException {
    PictureHeader header = PictureHeader.of(bytes);
    if (header.pixels() > MAX_PIXELS) {
      throw new UnusablePictureException(
          "The picture has %d x %d px, %d megapixels; at most %d are taken. Make it smaller."
              .formatted(
                  header.widthPx(),
                  header.heightPx(),
                  header.pixels() / 1_000_000,
                  MAX_PIXELS / 1_000_000));
    }
    return header;
  }

  private static Mat decode(byte[] bytes, PictureHeader header, int how)
      throws UnusablePictureException {
    try (var pointer = new BytePointer(bytes);
        var encoded = new Mat(1, bytes.length, CV_8UC1, pointer)) {
      Mat decoded = imdecode(encoded, how);
      if (decoded.empty()) {
        decoded.close();
        throw damaged(header);
      }
      return decoded;
    } catch (RuntimeException e) {
      // OpenCV's C++ exceptions all arrive as this class: it could not decode these bytes.
      throw damaged(header);
    }
  }

  private static UnusablePictureException damaged(PictureHeader header) {
    return new UnusablePictureException(
        "The "
            + header.format()
            + " of "
            + header.widthPx()
            + " x "
            + header.heightPx()
            + " px is damaged: it cannot be decoded");
  }
}
