package io.facelogin.infra;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * Real faces that are always there, for rehearsals and tests: cut out of the photographs of {@code
 * faces/NOTICE.md}.
 */
public final class Photographs {

  /** Who is on them, two of them on different evenings. */
  public enum Person {
    /** Two photographs, cosine similarity 0.75. */
    ADA,
    /** Two photographs, cosine similarity 0.62: the second with heavy make-up. */
    BEA,
    /** To be enrolled by nobody: below 0.4 to all others. */
    STRANGER
  }

  /** A square around one face: number of the photograph, centre and half side in pixels. */
  private record Place(int photograph, int x, int y, int half) {}

  private static final Map<Person, List<Place>> PLACES =
      Map.of(
          Person.ADA, List.of(new Place(3, 1172, 354, 300), new Place(1, 1583, 319, 300)),
          Person.BEA, List.of(new Place(4, 359, 324, 290), new Place(1, 935, 540, 290)),
          Person.STRANGER, List.of(new Place(4, 1351, 267, 190)));

  private Photographs() {}

  /** How many there are of somebody. */
  public static int of(Person person) {
    return places(person).size();
  }

  /** One photograph with nobody else on it. */
  public static BufferedImage picture(Person person, int number) throws IOException {
    Place place = places(person).get(number);
    String file = "faces/sample" + place.photograph + ".jpg";
    try (InputStream in = Objects.requireNonNull(Photographs.class.getResourceAsStream(file))) {
      BufferedImage whole = ImageIO.read(in);
      int left = Math.max(0, place.x - place.half);
      int top = Math.max(0, place.y - place.half);
      int right = Math.min(whole.getWidth(), place.x + place.half);
      int bottom = Math.min(whole.getHeight(), place.y + place.half);
      BufferedImage copy =
          new BufferedImage(right - left, bottom - top, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = copy.createGraphics();
      graphics.drawImage(whole, -left, -top, null);
      graphics.dispose();
      return copy;
    }
  }

  public static byte[] jpeg(BufferedImage picture) throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", jpeg);
    return jpeg.toByteArray();
  }

  private static List<Place> places(Person person) {
    return Objects.requireNonNull(PLACES.get(person));
  }
}
