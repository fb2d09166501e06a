package io.facelogin.infra.chaos;

import io.facelogin.infra.Photographs;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of pictures, which a capture agent plays over and over: somebody comes, moves about and
 * goes again, so that every round is a track of its own and a decision of its own.
 */
final class PictureCamera {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int WITH_FACE = 12;
  private static final int WITHOUT = 8;

  private PictureCamera() {}

  static Path of(Photographs.Person person, Path folder) throws IOException {
    BufferedImage face = Photographs.picture(person, 0);
    Files.createDirectories(folder);
    for (int i = 0; i < WITH_FACE + WITHOUT; i++) {
      Files.write(
          folder.resolve("%03d.jpg".formatted(i)),
          Photographs.jpeg(i < WITH_FACE ? moment(face, 2 * Math.PI * i / WITH_FACE) : wall()));
    }
    return folder;
  }

  /** One picture with the face in it. */
  static BufferedImage moment(BufferedImage face, double phase) {
    BufferedImage frame = wall();
    Graphics2D graphics = frame.createGraphics();
    int side = (int) (300 + 30 * Math.sin(phase));
    graphics.drawImage(
        face,
        (int) ((WIDTH - side) / 2.0 + 40 * Math.cos(phase)),
        (HEIGHT - side) / 2,
        side,
        side,
        null);
    graphics.dispose();
    return frame;
  }

  private static BufferedImage wall() {
    BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = frame.createGraphics();
    graphics.setColor(new Color(96, 104, 112));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.dispose();
    return frame;
  }
}
