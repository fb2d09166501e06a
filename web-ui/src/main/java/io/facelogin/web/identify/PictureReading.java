package io.facelogin.web.identify;

import io.facelogin.models.EncodedFace;
import io.facelogin.models.StillFaces;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a picture to its faces. The networks are loaded with the first picture, and at
 * most two pictures are in memory decoded, so that a crowd of uploads costs time and no more.
 * Thread-safe.
 */
public final class PictureReading {

  private static final int AT_ONCE = 2;

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

  /**
   * @throws UnusablePictureException if the bytes are no picture that we take
   * @throws NetworksAwayException if the networks cannot be loaded
   */
  public Read read(byte[] bytes, int minFacePx) throws UnusablePictureException {
    StillFaces faces = networks();
    room.acquireUninterruptibly();
    try (Picture picture = PictureReader.read(bytes)) {
      return new Read(picture.widthPx(), picture.heightPx(), faces.encode(picture, minFacePx));
    } finally {
      room.release();
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
