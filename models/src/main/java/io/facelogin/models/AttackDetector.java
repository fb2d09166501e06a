package io.facelogin.models;

import io.facelogin.contract.ModelId;
import java.util.List;

/**
 * Tells faces of people before the camera from pictures of faces (prints, screens), by single
 * pictures; who has several of one face takes the mean. Any number of threads may call one; it owns
 * its sessions until closed.
 */
public interface AttackDetector extends AutoCloseable {

  ModelId model();

  /**
   * The faces of several pictures in as few network calls as possible.
   *
   * @return for each face, in the same order, 0 (live) to 1 (surely an attack)
   */
  float[] attackScores(List<FaceInPicture> faces);

  @Override
  void close();
}
