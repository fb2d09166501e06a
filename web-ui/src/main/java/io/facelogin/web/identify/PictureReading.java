package io.facelogin.web.identify;

import io.facelogin.contract.ModelId;
import io.facelogin.models.EncodedFace;
import io.facelogin.models.StillFaces;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import io.facelogin.web.problem.Problem;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a picture to its faces. The networks are loaded with the first picture, and at
 * most two pictures are in memory decoded, so that a crowd of uploads costs time and no more.
 * Thread-safe.
 */
public final class PictureReading {

  private static final int AT_ONCE = 2;
  private static final int PATIENCE_SECONDS = 30;

  private final Supplier<StillFaces> networks;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private @Nullable StillFaces loaded;

  public PictureReading(Supplier<StillFaces> networks) {
    this.networks = networks;
  }

  /**
   * @param faces best detection score first, the poor ones too
   */
  public record Read(int widthPx, int heightPx, List<EncodedFace> faces) {

    public Read {
      faces = List.copyOf(faces);
    }
  }

  /** The network that the vectors come from. @throws NetworksAwayException as {@link #read} */
  public ModelId encoderModel() {
    return networks().encoder().model();
  }

  /**
   * @throws UnusablePictureException if the bytes are no picture that we take
   * @throws NetworksAwayException if the networks cannot be loaded
   * @throws Problem if too many pictures wait
   */
  public Read read(byte[] bytes, int minFacePx) throws UnusablePictureException {
    StillFaces faces = networks();
    enter();
    try (Picture picture = PictureReader.read(bytes)) {
      return new Read(picture.widthPx(), picture.heightPx(), faces.encode(picture, minFacePx));
    } finally {
      room.release();
    }
  }

  private void enter() {
    try {
      if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw Problem.busy("Too many pictures are being read at once. Try again in a moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.busy("The server is stopping.");
    }
  }

  private synchronized StillFaces networks() {
    if (loaded == null) {
      try {
        loaded = networks.get();
      } catch (RuntimeException e) {
        throw new NetworksAwayException(e);
      }
    }
    return loaded;
  }
}
