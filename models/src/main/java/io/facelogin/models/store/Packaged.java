package io.facelogin.models.store;

import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.ManifestYaml;
import io.facelogin.models.manifest.UnusableManifestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the program itself brings: the manifests that it knows and the weights of its defaults. */
final class Packaged {

  /** Those that there is a manifest of, the defaults first. */
  static final List<String> KNOWN =
      List.of(
          "mtcnn",
          "mobilefacenet",
          "mobilefacenet-512",
          "mobilefacenet-128",
          "edgeface-xs",
          "facenet",
          "minifasnet");

  private static final String FOLDER = "/io/facelogin/models/packaged/";

  private Packaged() {}

  static Manifest manifest(String name) {
    try {
      return ManifestYaml.read(name + ".yaml", yaml(name));
    } catch (UnusableManifestException e) {
      throw new IllegalStateException("The program's own manifest of " + name + " is wrong", e);
    }
  }

  static String yaml(String name) {
    byte[] yaml = file(name + ".yaml");
    if (yaml == null) {
      throw new IllegalStateException("The program lacks its own manifest of " + name);
    }
    return new String(yaml, StandardCharsets.UTF_8);
  }

  static boolean has(String file) {
    return Packaged.class.getResource(FOLDER + file) != null;
  }

  static byte @Nullable [] file(String name) {
    try (InputStream in = Packaged.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the packaged " + name, e);
    }
  }
}
