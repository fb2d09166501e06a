package io.facelogin.infra.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The files that a command was given. */
final class InputFiles {

  private static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff");
  private static final Set<String> VIDEOS =
      Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "mjpeg", "ts");

  private InputFiles() {}

  /**
   * Each file once, in the order given; a folder stands for the pictures in it, by name.
   *
   * @throws MisuseException if a folder has none
   */
  static List<Path> expanded(List<Path> given) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : given) {
      if (Files.isDirectory(path)) {
        files.addAll(pictures(path));
      } else {
        files.add(path);
      }
    }
    return List.copyOf(files);
  }

  static boolean isVideo(Path file) {
    return VIDEOS.contains(extension(file));
  }

  static boolean isPictureOrVideo(Path file) {
    return PICTURES.contains(extension(file)) || isVideo(file);
  }

  private static List<Path> pictures(Path folder) {
    List<Path> pictures = new ArrayList<>();
    try (Stream<Path> content = Files.list(folder)) {
      content
          .filter(file -> PICTURES.contains(extension(file)) && Files.isRegularFile(file))
          .sorted()
          .forEach(pictures::add);
    } catch (IOException e) {
      throw new MisuseException("The folder " + folder + " cannot be read (" + e + ")");
    }
    if (pictures.isEmpty()) {
      throw new MisuseException("The folder " + folder + " holds no pictures");
    }
    return pictures;
  }

  private static String extension(Path file) {
    String name = file.toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
