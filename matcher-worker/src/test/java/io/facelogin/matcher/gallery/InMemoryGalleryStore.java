package io.facelogin.matcher.gallery;

import io.facelogin.contract.TemplateId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A gallery that is gone after the test. */
public final class InMemoryGalleryStore implements GalleryStore {

  private final Map<TemplateId, Reference> templates = new LinkedHashMap<>();
  private final Map<Integer, Long> offsets = new HashMap<>();

  @Override
  public void apply(List<GalleryChange> changes, Map<Integer, Long> nextOffsets) {
    for (GalleryChange change : changes) {
      if (change instanceof GalleryChange.Enrolled enrolled) {
        templates.put(enrolled.reference().template(), enrolled.reference());
      } else if (change instanceof GalleryChange.Erased erased) {
        templates.remove(erased.template());
      }
    }
    offsets.putAll(nextOffsets);
  }

  @Override
  public Map<Integer, Long> nextOffsets() {
    return Map.copyOf(offsets);
  }

  @Override
  public void forEach(Consumer<Reference> each) {
    templates.values().forEach(each);
  }

  @Override
  public void close() {}
}
