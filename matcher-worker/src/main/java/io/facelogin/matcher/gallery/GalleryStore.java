package io.facelogin.matcher.gallery;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Templates on disk, with how far the gallery topic was read. One thread. */
public interface GalleryStore extends AutoCloseable {

  /**
   * Keeps changes and offsets together: after a crash either all of it is there or nothing. Without
   * any, it notes that the topic is still being followed.
   *
   * @param nextOffsets by partition: the next record to read
   */
  void apply(List<GalleryChange> changes, Map<Integer, Long> nextOffsets);

  /** The next record to read, by partition; partitions never read are absent. */
  Map<Integer, Long> nextOffsets();

  /**
   * Every template.
   *
   * @throws DamagedGalleryException if one of them is not what was written
   */
  void forEach(Consumer<Reference> each);

  @Override
  void close();
}
