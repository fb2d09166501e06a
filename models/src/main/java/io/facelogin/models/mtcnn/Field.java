package io.facelogin.models.mtcnn;

import io.facelogin.models.Search;
import io.facelogin.models.Search.Around;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;
import java.util.List;

/**
 * A rectangle of a picture that P-Net looks at, in whole pixels.
 *
 * @param search number of the search it belongs to
 */
record Field(int search, int leftPx, int topPx, int widthPx, int heightPx) {

  /** The parts of a picture that are searched, none smaller than the smallest face. */
  static List<Field> of(int number, Search search) {
    Picture picture = search.picture();
    List<Box> regions =
        search.where() instanceof Around around
            ? around.regionsPx()
            : List.of(new Box(0, 0, picture.widthPx(), picture.heightPx()));
    return regions.stream()
        .map(region -> inside(number, picture, region))
        .filter(field -> Math.min(field.widthPx, field.heightPx) >= search.minFacePx())
        .toList();
  }

  private static Field inside(int number, Picture picture, Box region) {
    int left = Math.max(0, (int) Math.floor(region.x1()));
    int top = Math.max(0, (int) Math.floor(region.y1()));
    int right = Math.min(picture.widthPx(), (int) Math.ceil(region.x2()));
    int bottom = Math.min(picture.heightPx(), (int) Math.ceil(region.y2()));
    return new Field(number, left, top, right - left, bottom - top);
  }
}
