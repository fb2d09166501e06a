package io.facelogin.infra.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.facelogin.models.Detector;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.store.StoredModel;
import io.facelogin.models.weights.UnusableWeightsException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Machine and weights. */
public final class MachineChecks {

  private static final int LEAST_JAVA = 17;
  private static final long GB = 1L << 30;
  private static final long COMFORTABLE_MEMORY_BYTES = 2 * GB;
  private static final long COMFORTABLE_DISK_BYTES = 5 * GB;
  private static final long LEAST_DISK_BYTES = GB;

  private final Path data;

  public MachineChecks(Path data) {
    this.data = data;
  }

  public List<Check> all() {
    List<Check> checks = new ArrayList<>(List.of(java(), cores(), processor(), memory(), disk()));
    checks.addAll(weights());
    checks.add(natives());
    return checks;
  }

  private static Check java() {
    int version = Runtime.version().feature();
    return version >= LEAST_JAVA
        ? Check.fine("java", Runtime.version() + ", " + System.getProperty("java.home"))
        : Check.missing("java", "Java " + version + ", but 17 is the least: set JAVA_HOME");
  }

  private static Check cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return cores > 1
        ? Check.fine("cores", cores + "")
        : Check.note("cores", "one only: about two cameras at 2 frames a second");
  }

  private static Check processor() {
    String features;
    try {
      features = Files.readString(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      return Check.note("processor", "its features cannot be read (" + e + ")");
    }
    Set<String> words = new HashSet<>(Arrays.asList(features.split("\\s+")));
    return words.contains("avx2") || words.contains("asimd")
        ? Check.fine("processor", System.getProperty("os.arch") + " with SIMD")
        : Check.note("processor", "no AVX2: the networks are several times slower");
  }

  private static Check memory() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
      return Check.note("memory", "cannot be read");
    }
    long bytes = system.getTotalMemorySize();
    String text = bytes / GB + " GB";
    return bytes >= COMFORTABLE_MEMORY_BYTES
        ? Check.fine("memory", text)
        : Check.note("memory", text + "; a whole site wants 2 GB");
  }

  private Check disk() {
    Path place = data.toAbsolutePath().normalize();
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    if (!Files.isDirectory(place) || !Files.isWritable(place)) {
      return Check.missing(
          "disk", "No permission to write to " + place + ": choose another folder with --data");
    }
    long free = place.toFile().getUsableSpace();
    String text = free / GB + " GB free at " + place;
    if (free < LEAST_DISK_BYTES) {
      return Check.missing("disk", text + "; a site needs at least 1 GB");
    }
    return free < COMFORTABLE_DISK_BYTES ? Check.note("disk", text) : Check.fine("disk", text);
  }

  private List<Check> weights() {
    return new ModelStore(data.resolve("models")).list().stream().map(MachineChecks::of).toList();
  }

  private static Check of(StoredModel model) {
    String name = "weights";
    String text = model.manifest().id() + ": " + model.detail();
    return switch (model.state()) {
      case PACKAGED, PRESENT -> Check.fine(name, text);
      case ABSENT -> Check.note(name, text);
      case ALTERED -> Check.missing(name, text);
    };
  }

  /** Opening the detector and looking at a grey picture needs TensorFlow and OpenCV alike. */
  private Check natives() {
    String name = "networks";
    try (Detector detector = new ModelStore(data.resolve("models")).openDetector();
        Picture grey = new Picture(new Mat(64, 64, opencv_core.CV_8UC3, Scalar.GRAY))) {
      detector.detect(List.of(grey), 40);
      return Check.fine(name, "TensorFlow and OpenCV run");
    } catch (UnusableManifestException | UnusableWeightsException | LinkageError e) {
      return Check.missing(name, "cannot run: " + e.getMessage());
    }
  }
}
