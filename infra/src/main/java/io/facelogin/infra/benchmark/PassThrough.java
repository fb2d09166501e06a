package io.facelogin.infra.benchmark;

import io.facelogin.contract.ModelId;
import io.facelogin.infra.stages.Networks;
import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.Detector;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.Search;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.store.ModelStore;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * Inference that costs nothing: one face in the middle of every picture, always with the same
 * vector. What remains is the time of everything else.
 */
final class PassThrough {

  private static final float FACE_PX = 112;

  private PassThrough() {}

  static Networks networks(PipelineSettings settings, Path fetched) {
    return new Networks(
        settings,
        fetched,
        new Networks.Openings(
            store -> new FixedDetector(store.manifest(ModelStore.DEFAULT_DETECTOR).id()),
            PassThrough::encoder));
  }

  private static Encoder encoder(ModelStore store, String model, String alignment)
      throws UnusableManifestException {
    return new FixedEncoder(store.manifest(model), alignment);
  }

  private record FixedDetector(ModelId model) implements Detector {

    @Override
    public List<List<DetectedFace>> detect(List<Search> searches) {
      return searches.stream().map(search -> List.of(faceOf(search.picture()))).toList();
    }

    private static DetectedFace faceOf(Picture picture) {
      float left = (picture.widthPx() - FACE_PX) / 2;
      float top = (picture.heightPx() - FACE_PX) / 2;
      return new DetectedFace(
          new Box(left, top, left + FACE_PX, top + FACE_PX),
          new Landmarks(
              new Point(left + 38, top + 51),
              new Point(left + 74, top + 51),
              new Point(left + 56, top + 71),
              new Point(left + 41, top + 92),
              new Point(left + 71, top + 92)),
          1);
    }

    @Override
    public void close() {}
  }

  private record FixedEncoder(Manifest manifest, String alignment) implements Encoder {

    @Override
    public ModelId model() {
      return manifest.id();
    }

    @Override
    public int dimension() {
      return manifest.dimensionOrThrow();
    }

    @Override
    public int cropSidePx() {
      return manifest.sidePx();
    }

    @Override
    public List<Embedding> encode(List<AlignedFace> faces) {
      float[] vector = new float[dimension()];
      vector[0] = 1;
      return Collections.nCopies(faces.size(), new Embedding(model(), vector));
    }

    @Override
    public void close() {}
  }
}
