package io.facelogin.infra.benchmark.detect;

import io.facelogin.models.picture.Picture;
import java.util.List;

/** A detector that is measured. Any number of threads. */
interface Contender extends AutoCloseable {

  String name();

  /**
   * @return how many faces it found in all of them
   */
  int faces(List<Picture> pictures, int minFacePx);

  /** Since it was opened, in milliseconds. */
  Spent spent();

  /** Time for shrinking and cutting, and in the networks. */
  record Spent(double resizeMs, double networksMs) {}

  @Override
  void close();
}
