package io.facelogin.capture.source;

import io.facelogin.contract.MaskedAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a camera's address means. {@code toString} never shows a password. */
public sealed interface CameraAddress {

  /** Schemes of network streams. */
  Set<String> STREAM_SCHEMES = Set.of("rtsp", "rtsps", "http", "https");

  /** A network camera, {@code rtsp://} or {@code http(s)://}. */
  record Stream(String url) implements CameraAddress {

    String scheme() {
      return url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return MaskedAddress.of(url).text();
    }
  }

  /** A camera at this machine, {@code /dev/videoN}. */
  record Device(Path path) implements CameraAddress {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A clip, played again and again at its own pace, or a folder of pictures. */
  record FileOrFolder(Path path) implements CameraAddress {

    boolean isFolder() {
      return Files.isDirectory(path);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * @throws CameraUnavailableException if the address is of no kind that can be opened
   */
  static CameraAddress parse(String address) throws CameraUnavailableException {
    String text = address.strip();
    if (text.isEmpty()) {
      throw new CameraUnavailableException(
          "The camera has no address. Give rtsp://, http://, /dev/videoN, a clip or a folder.");
    }
    Matcher scheme = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://.*").matcher(text);
    if (scheme.matches()) {
      String name = scheme.group(1).toLowerCase(Locale.ROOT);
      if (STREAM_SCHEMES.contains(name)) {
        return stream(text);
      }
      if (!name.equals("file")) {
        throw new CameraUnavailableException(
            "Camera address "
                + MaskedAddress.of(text)
                + " has the scheme "
                + name
                + "://, which is not supported. Supported are "
                + String.join("://, ", new TreeSet<>(STREAM_SCHEMES))
                + "://, /dev/videoN, a clip or a folder of pictures.");
      }
      return path(text.substring("file://".length()));
    }
    return path(text);
  }

  private static CameraAddress stream(String url) throws CameraUnavailableException {
    if (url.substring(url.indexOf("://") + 3).isBlank() || url.chars().anyMatch(c -> c <= ' ')) {
      throw new CameraUnavailableException(
          "Camera address " + MaskedAddress.of(url) + " names no host, or holds a blank.");
    }
    return new Stream(url);
  }

  private static CameraAddress path(String text) throws CameraUnavailableException {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      throw new CameraUnavailableException(
          "Camera address " + MaskedAddress.of(text) + " is no path: " + e.getReason());
    }
    return text.matches("/dev/video\\d+") ? new Device(path) : new FileOrFolder(path);
  }
}
