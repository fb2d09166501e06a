package io.facelogin.models.geometry;

/** Corners in pixels of the upright picture; may lie outside of it. */
public record Box(float x1, float y1, float x2, float y2) {

  public float width() {
    return x2 - x1;
  }

  public float height() {
    return y2 - y1;
  }

  public float area() {
    return Math.max(0, width()) * Math.max(0, height());
  }

  public Box moved(float dxPx, float dyPx) {
    return new Box(x1 + dxPx, y1 + dyPx, x2 + dxPx, y2 + dyPx);
  }

  /** Intersection over union, 0 to 1. */
  public float iou(Box other) {
    float width = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    float height = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float intersection = width * height;
    return intersection / (area() + other.area() - intersection);
  }
}
