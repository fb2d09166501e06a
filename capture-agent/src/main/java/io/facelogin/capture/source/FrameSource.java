package io.facelogin.capture.source;

import org.jspecify.annotations.Nullable;

/**
 * One opened source of pictures. {@link #next} and {@link #jpeg} are apart so that a frame that
 * nobody wants costs no conversion, and where the codec allows not even decoding. For one thread,
 * except {@link #interrupt}.
 */
public interface FrameSource extends AutoCloseable {

  /**
   * Waits for the next picture.
   *
   * @return false when the source is at its end
   * @throws CameraUnavailableException if it broke off, fell silent or was interrupted
   */
  boolean next() throws CameraUnavailableException, InterruptedException;

  /**
   * The picture that {@link #next} waited for, upright.
   *
   * @return null if it is damaged
   */
  @Nullable JpegPicture jpeg();

  /** Whether its end means that it begins again (a clip, a folder) or that the camera went away. */
  boolean repeats();

  /** Makes a waiting {@link #next} give up soon. From any thread, also after {@link #close}. */
  void interrupt();

  @Override
  void close();
}
