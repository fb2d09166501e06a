package io.facelogin.infra.cli;

import io.facelogin.capture.source.CameraUnavailableException;
import io.facelogin.capture.source.ClipSampler;
import io.facelogin.capture.source.JpegPicture;
import io.facelogin.infra.benchmark.MadePictures;
import io.facelogin.infra.benchmark.detect.SizedPictures;
import io.facelogin.models.picture.UnusablePictureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The pictures that a benchmark of the networks shows them. */
final class BenchmarkPictures {

  @Option(
      names = "--video",
      split = Settings.LIST_SEPARATOR,
      paramLabel = "FILE",
      description = "clip to take pictures from; repeatable")
  private List<Path> videos = List.of();

  @Option(
      names = "--image",
      split = Settings.LIST_SEPARATOR,
      paramLabel = "FILE",
      description = "picture, or folder of pictures; repeatable")
  private List<Path> images = List.of();

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "bring all pictures to this size first (default: as they are)")
  private @Nullable String size;

  /**
   * Encoded; made here where none were given.
   *
   * @param most of one clip
   * @throws MisuseException if one cannot be had or decoded, or the size is none
   */
  List<byte[]> files(int most) throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    try {
      for (Path video : videos) {
        ClipSampler.sample(video, most).stream().map(JpegPicture::bytes).forEach(pictures::add);
      }
      for (Path image : InputFiles.expanded(images)) {
        pictures.add(PictureFile.bytes(image));
      }
      if (pictures.isEmpty()) {
        pictures.addAll(MadePictures.files());
      }
      return size == null ? SizedPictures.checked(pictures) : SizedPictures.of(pictures, size);
    } catch (CameraUnavailableException | UnusablePictureException | IllegalArgumentException e) {
      throw new MisuseException(String.valueOf(e.getMessage()));
    }
  }
}
