package io.facelogin.infra.benchmark;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A folder of pictures in which something moves: a camera for who has no clip. No face in it. */
final class MadePictures {

  private static final int PICTURES = 20;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  private MadePictures() {}

  static Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < PICTURES; i++) {
      var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
      var graphics = picture.createGraphics();
      graphics.setPaint(
          new GradientPaint(
              0, 0, new Color(90, 100, 120), WIDTH, HEIGHT, new Color(200, 190, 170)));
      graphics.fillRect(0, 0, WIDTH, HEIGHT);
      graphics.setColor(new Color(120, 70, 60));
      graphics.fillOval(i * WIDTH / PICTURES, HEIGHT / 3, 160, 200);
      graphics.dispose();
      ImageIO.write(picture, "jpg", folder.resolve("%02d.jpg".formatted(i)).toFile());
    }
    return folder;
  }
}
