package io.facelogin.models.geometry;

/** A place in a picture, in pixels. */
public record Point(float x, float y) {

  Point moved(float dx, float dy) {
    return new Point(x + dx, y + dy);
  }
}
