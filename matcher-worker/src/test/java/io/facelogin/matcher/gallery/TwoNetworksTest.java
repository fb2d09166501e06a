package io.facelogin.matcher.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.index.IndexSettings;
import io.facelogin.matcher.index.LiveIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates of two encoders on one topic: each matcher keeps both and searches its own. */
class TwoNetworksTest {

  @TempDir Path folder;

  @Test
  void templatesOfAnotherNetworkAreKeptButNotSearched() throws Exception {
    var store = new InMemoryGalleryStore();
    var index = new LiveIndex(TestFaces.DIMENSION, IndexSettings.defaults(), folder);
    float[] face = TestFaces.person(1);
    try (Gallery gallery = new Gallery(new ModelId(TestFaces.MODEL), store, index)) {
      gallery.apply(
          List.of(
              new GalleryChange.Enrolled(
                  TestGallery.reference("ours", "ann", TestFaces.MODEL, TestFaces.person(2))),
              new GalleryChange.Enrolled(
                  TestGallery.reference("theirs", "bob", "other-net", face))),
          Map.of());

      assertThat(gallery.templatesOfOtherModels()).isEqualTo(1);
      assertThat(gallery.templatesOf(new PersonId("bob")))
          .containsExactly(new TemplateId("theirs"));
      assertThat(gallery.index().nearest(face, 5))
          .extracting(candidate -> candidate.person().value())
          .containsExactly("ann");
      List<String> kept = new ArrayList<>();
      store.forEach(reference -> kept.add(reference.template().value()));
      assertThat(kept).containsExactlyInAnyOrder("ours", "theirs");

      gallery.apply(List.of(new GalleryChange.Erased(new TemplateId("theirs"))), Map.of());

      assertThat(gallery.templatesOfOtherModels()).isZero();
      assertThat(gallery.templatesOf(new PersonId("bob"))).isEmpty();
    }
  }
}
