package io.facelogin.infra.benchmark;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures in which something moves: a camera for who has no clip. No face in them. */
public final class MadePictures {

  private static final int PICTURES = 20;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  private MadePictures() {}

  /** As a folder that a camera can play. */
  static Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<byte[]> files = files();
    for (int i = 0; i < files.size(); i++) {
      Files.write(folder.resolve("%02d.jpg".formatted(i)), files.get(i));
    }
    return folder;
  }

  /** As JPEG. */
  public static List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
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
      var jpeg = new ByteArrayOutputStream();
      ImageIO.write(picture, "jpg", jpeg);
      files.add(jpeg.toByteArray());
    }
    return files;
  }
}
