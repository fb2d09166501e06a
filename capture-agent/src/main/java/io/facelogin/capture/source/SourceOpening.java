package io.facelogin.capture.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Opens the source behind an address. The thread that runs the camera calls {@link #open}; another
 * may {@link #interrupt} it.
 */
public final class SourceOpening {

  private final CameraAddress address;
  private final @Nullable VideoOpening video;
  private final Duration pictureInterval;
  private final JpegEncoder encoder;

  /**
   * @param openTimeout until the source must have answered
   * @param stallTimeout how long it may then send nothing
   * @param pictureInterval between two pictures of a folder
   */
  public SourceOpening(
      CameraAddress address,
      Duration openTimeout,
      Duration stallTimeout,
      Duration pictureInterval,
      JpegEncoder encoder) {
    this.address = address;
    this.pictureInterval = pictureInterval;
    this.encoder = encoder;
    boolean folder = address instanceof CameraAddress.FileOrFolder file && file.isFolder();
    this.video =
        folder ? null : new VideoOpening(VideoInput.of(address), openTimeout, stallTimeout);
  }

  /**
   * @throws CameraUnavailableException in time, with the reason
   */
  public FrameSource open() throws CameraUnavailableException {
    if (video == null) {
      CameraAddress.FileOrFolder folder = (CameraAddress.FileOrFolder) address;
      return new PictureFolder(folder.path(), pictureInterval, encoder);
    }
    boolean clip = address instanceof CameraAddress.FileOrFolder;
    return new VideoFrameSource(video.open(), clip, encoder);
  }

  public void interrupt() {
    if (video != null) {
      video.interrupt();
    }
  }
}
