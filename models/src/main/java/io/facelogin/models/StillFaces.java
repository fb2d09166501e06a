package io.facelogin.models;

import io.facelogin.models.picture.Picture;
import io.facelogin.models.quality.FaceQuality;
import java.util.ArrayList;
import java.util.List;

/**
 * Faces and their vectors from single pictures, for the command line and for pictures sent over
 * REST. Owns finder and encoder. Any number of threads may share one.
 */
public final class StillFaces implements AutoCloseable {

  private final FaceFinder finder;
  private final Encoder encoder;

  /**
   * @throws IllegalArgumentException if the encoder wants another alignment than the finder makes
   */
  public StillFaces(FaceFinder finder, Encoder encoder) {
    if (!finder.alignment().equals(encoder.alignment())) {
      throw new IllegalArgumentException(
          "Encoder "
              + encoder.model()
              + " wants faces aligned to "
              + encoder.alignment()
              + ", the finder aligns to "
              + finder.alignment());
    }
    this.finder = finder;
    this.encoder = encoder;
  }

  public FaceFinder finder() {
    return finder;
  }

  public Encoder encoder() {
    return encoder;
  }

  /**
   * Encodes every face, the poor ones too: their quality says what is wrong with them.
   *
   * @param minFacePx smallest face worth looking for, the side of its box in pixels
   * @return best detection score first; empty where there is no face
   */
  public List<EncodedFace> encode(Picture picture, int minFacePx) {
    List<FoundFace> faces = finder.find(List.of(picture), minFacePx).get(0);
    if (faces.isEmpty()) {
      return List.of();
    }
    List<Embedding> embeddings = encoder.encode(faces.stream().map(FoundFace::crop).toList());
    List<EncodedFace> encoded = new ArrayList<>(faces.size());
    for (int i = 0; i < faces.size(); i++) {
      encoded.add(encoded(faces.get(i), embeddings.get(i)));
    }
    return encoded;
  }

  /** With what the network saw in the face weighed into its quality. */
  private EncodedFace encoded(FoundFace face, Embedding embedding) {
    FaceQuality quality = face.quality().weighedBy(encoder.recognisability(embedding));
    return new EncodedFace(new FoundFace(face.face(), quality, face.crop()), embedding);
  }

  @Override
  public void close() {
    finder.close();
    encoder.close();
  }
}
