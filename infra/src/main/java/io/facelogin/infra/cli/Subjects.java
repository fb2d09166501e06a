package io.facelogin.infra.cli;

import io.facelogin.infra.cli.VariantNetworks.Seen;
import io.facelogin.models.FoundFace;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.UnusablePictureException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What each variant of a network sees of each picture's subject; each picture is read once. */
final class Subjects {

  /** Enough for a good batch; few enough that a batch of large photographs fits into memory. */
  private static final int BATCH = 8;

  private final Map<Path, List<Seen>> seen = new ConcurrentSkipListMap<>();
  private final Map<Path, String> faults = new ConcurrentSkipListMap<>();

  private Subjects() {}

  /** In batches, one thread per core; each step is one picture. */
  static Subjects encode(
      VariantNetworks networks, List<Path> pictures, int minFacePx, Runnable step)
      throws InterruptedException {
    var subjects = new Subjects();
    List<Callable<Boolean>> batches = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += BATCH) {
      List<Path> batch = pictures.subList(from, Math.min(from + BATCH, pictures.size()));
      batches.add(
          () -> {
            subjects.encodeBatch(networks, batch, minFacePx, step);
            return true;
          });
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      for (Future<Boolean> batch : threads.invokeAll(batches)) {
        batch.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A batch of pictures failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return subjects;
  }

  private void encodeBatch(
      VariantNetworks networks, List<Path> files, int minFacePx, Runnable step) {
    List<Path> readable = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    try {
      for (Path file : files) {
        try {
          pictures.add(PictureFile.read(file));
          readable.add(file);
        } catch (UnusablePictureException e) {
          faults.put(file, String.valueOf(e.getMessage()));
        }
      }
      List<List<FoundFace>> found =
          pictures.isEmpty() ? List.of() : networks.finder().find(pictures, minFacePx);
      List<Path> withFace = new ArrayList<>();
      List<Picture> theirPictures = new ArrayList<>();
      List<FoundFace> faces = new ArrayList<>();
      for (int i = 0; i < found.size(); i++) {
        Path file = readable.get(i);
        Optional<FoundFace> subject = MainFaces.mostCentral(found.get(i), pictures.get(i));
        if (subject.isPresent()) {
          withFace.add(file);
          theirPictures.add(pictures.get(i));
          faces.add(subject.get());
        } else {
          faults.put(file, "No face of at least " + minFacePx + " px was found");
        }
      }
      if (!faces.isEmpty()) {
        List<List<Seen>> encoded = networks.encode(theirPictures, faces);
        for (int i = 0; i < faces.size(); i++) {
          seen.put(withFace.get(i), encoded.get(i));
        }
      }
      files.forEach(file -> step.run());
    } finally {
      pictures.forEach(Picture::close);
    }
  }

  /** Empty where {@link #faults} says why. */
  Optional<Seen> of(Path picture, int variant) {
    return Optional.ofNullable(seen.get(picture)).map(all -> all.get(variant));
  }

  Map<Path, String> faults() {
    return faults;
  }
}
