package io.facelogin.matcher.gallery;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.index.IndexSettings;
import io.facelogin.matcher.index.LiveIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A complete gallery of test faces. */
public final class TestGallery {

  private TestGallery() {}

  public static Gallery open(Path folder) throws IOException {
    Gallery gallery =
        new Gallery(
            new ModelId(TestFaces.MODEL),
            new InMemoryGalleryStore(),
            new LiveIndex(TestFaces.DIMENSION, IndexSettings.defaults(), folder));
    gallery.setComplete(true);
    return gallery;
  }

  public static Reference reference(String template, String person, String model, float[] vector) {
    return new Reference(
        new TemplateId(template),
        new PersonId(person),
        new ModelId(model),
        vector,
        TestFaces.good(),
        "upload",
        Instant.ofEpochSecond(1),
        false);
  }

  public static void enrol(Gallery gallery, String person, float[]... vectors) {
    for (int i = 0; i < vectors.length; i++) {
      gallery.apply(
          List.of(
              new GalleryChange.Enrolled(
                  reference(person + "-" + i, person, TestFaces.MODEL, vectors[i]))),
          Map.of());
    }
  }
}
