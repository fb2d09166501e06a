package io.facelogin.matcher.gallery;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.matcher.index.TemplateIndex;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everybody enrolled, as far as the gallery topic was read: on disk in the store, searchable in the
 * index. Only templates of one model are searched; those of others are kept and counted. One thread
 * changes it; any number of threads search the index meanwhile.
 */
public final class Gallery implements AutoCloseable {

  private final ModelId model;
  private final GalleryStore store;
  private final TemplateIndex index;
  private final Map<TemplateId, PersonId> ofOtherModels = new ConcurrentHashMap<>();

  private volatile boolean complete;

  /**
   * Fills the index from the store. Owns both from now on.
   *
   * @throws DamagedGalleryException if the store cannot be read whole
   */
  public Gallery(ModelId model, GalleryStore store, TemplateIndex index) {
    this.model = model;
    this.store = store;
    this.index = index;
    index.fill(sink -> store.forEach(reference -> take(reference, sink)));
  }

  public ModelId model() {
    return model;
  }

  public TemplateIndex index() {
    return index;
  }

  public Map<Integer, Long> nextOffsets() {
    return store.nextOffsets();
  }

  /** Templates that cannot be searched because another network made them. */
  public int templatesOfOtherModels() {
    return ofOtherModels.size();
  }

  /** Of every model. */
  public Set<TemplateId> templatesOf(PersonId person) {
    Set<TemplateId> templates = new HashSet<>(index.templatesOf(person));
    ofOtherModels.forEach(
        (template, owner) -> {
          if (owner.equals(person)) {
            templates.add(template);
          }
        });
    return templates;
  }

  /**
   * False until the topic was read to its end, and from when it can no longer be followed: whoever
   * decides then fails closed.
   */
  public boolean isComplete() {
    return complete;
  }

  public void setComplete(boolean complete) {
    this.complete = complete;
  }

  /** First on disk, then for the searches: what was found is never forgotten by a crash. */
  public void apply(List<GalleryChange> changes, Map<Integer, Long> nextOffsets) {
    store.apply(changes, nextOffsets);
    for (GalleryChange change : changes) {
      if (change instanceof GalleryChange.Enrolled enrolled) {
        take(enrolled.reference(), index::enrol);
      } else if (change instanceof GalleryChange.Erased erased) {
        index.erase(erased.template());
        ofOtherModels.remove(erased.template());
      }
    }
  }

  private void take(Reference reference, TemplateIndex.Sink sink) {
    if (reference.model().equals(model)) {
      sink.add(reference.template(), reference.person(), reference.vector());
    } else {
      ofOtherModels.put(reference.template(), reference.person());
    }
  }

  @Override
  public void close() {
    complete = false;
    index.close();
    store.close();
  }
}
