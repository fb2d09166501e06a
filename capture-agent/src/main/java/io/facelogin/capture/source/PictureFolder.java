package io.facelogin.capture.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a folder (JPEG, PNG, BMP) as a camera: by name, one each {@code interval}. What
 * came into the folder since is shown in the next round.
 */
final class PictureFolder implements FrameSource {

  private static final long MAX_PIXELS = 50_000_000;

  private final Iterator<Path> pictures;
  private final Duration interval;
  private final JpegEncoder encoder;
  private @Nullable Path current;

  /**
   * @throws CameraUnavailableException if there is no picture, or the folder cannot be read
   */
  PictureFolder(Path folder, Duration interval, JpegEncoder encoder)
      throws CameraUnavailableException {
    this.interval = interval;
    this.encoder = encoder;
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.filter(PictureFolder::isPicture).sorted().toList();
    } catch (IOException e) {
      throw new CameraUnavailableException(
          "Folder " + folder + " cannot be read: " + e.getMessage());
    }
    if (found.isEmpty()) {
      throw new CameraUnavailableException(
          "Folder " + folder + " holds no picture. Put .jpg, .png or .bmp files into it.");
    }
    pictures = found.iterator();
  }

  @Override
  public boolean next() throws InterruptedException {
    if (current != null) {
      Thread.sleep(interval.toMillis());
    }
    if (!pictures.hasNext()) {
      return false;
    }
    current = pictures.next();
    return true;
  }

  /** Turned as its EXIF says. */
  @Override
  public @Nullable JpegPicture jpeg() {
    Path file = current;
    if (file == null || !hasBearableSize(file)) {
      return null;
    }
    try (Mat bgr = opencv_imgcodecs.imread(file.toString(), opencv_imgcodecs.IMREAD_COLOR)) {
      return bgr.empty() ? null : encoder.encode(bgr);
    } catch (RuntimeException e) { // OpenCV's way to say that a picture is damaged
      return null;
    }
  }

  @Override
  public boolean repeats() {
    return true;
  }

  /** Waits only for its interval, in which the thread's own interrupt reaches it. */
  @Override
  public void interrupt() {}

  @Override
  public void close() {}

  private static boolean isPicture(Path file) {
    return file.getFileName()
        .toString()
        .toLowerCase(Locale.ROOT)
        .matches("[^.].*\\.(jpe?g|png|bmp)");
  }

  /** From the header alone: a small file may hold a picture that fills the memory. */
  private static boolean hasBearableSize(Path file) {
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return false;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return (long) reader.getWidth(0) * reader.getHeight(0) <= MAX_PIXELS;
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
