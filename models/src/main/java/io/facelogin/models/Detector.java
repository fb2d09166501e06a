package io.facelogin.models;

import io.facelogin.contract.ModelId;
import io.facelogin.models.picture.Picture;
import java.util.List;

/**
 * Finds faces. Any number of threads may call one detector; it owns its network sessions until
 * closed.
 */
public interface Detector extends AutoCloseable {

  ModelId model();

  /**
   * Finds the faces of several pictures in as few network calls as possible.
   *
   * @return for each search its faces, best score first; empty where there is none
   */
  List<List<DetectedFace>> detect(List<Search> searches);

  /**
   * Looks everywhere in all pictures.
   *
   * @param minFacePx smallest face worth looking for, the side of its box in pixels
   */
  default List<List<DetectedFace>> detect(List<Picture> pictures, int minFacePx) {
    return detect(pictures.stream().map(picture -> Search.everywhere(picture, minFacePx)).toList());
  }

  /**
   * Places of all pictures so far that nobody judged, since their picture had better ones by the
   * thousand: noise. Only grows.
   */
  default long candidatesLeftOut() {
    return 0;
  }

  @Override
  void close();
}
