package io.facelogin.infra.stages;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.models.AttackDetector;
import io.facelogin.models.Detector;
import io.facelogin.models.Encoder;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.MirroredEncoder;
import io.facelogin.models.StillFaces;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.quality.QualityJudge;
import io.facelogin.models.quality.QualityThresholds;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.weights.UnusableWeightsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The networks of one process: each is opened when the first stage asks for it, shared by all
 * stages, and closed here. Threads may share them.
 */
public final class Networks implements Supplier<StillFaces>, AutoCloseable {

  private final PipelineSettings settings;
  private final ModelStore store;
  private final Openings openings;
  private final AttackNetwork attacks;
  private @Nullable FaceFinder finder;
  private @Nullable Encoder encoder;

  /**
   * @param fetched folder of the weights that are not packaged
   */
  public Networks(PipelineSettings settings, Path fetched) {
    this(settings, fetched, new Openings(ModelStore::openDetector, ModelStore::openEncoder));
  }

  /** With others in place of the two networks, for a benchmark. */
  public Networks(PipelineSettings settings, Path fetched, Openings openings) {
    this.settings = settings;
    this.store = new ModelStore(fetched);
    this.openings = openings;
    this.attacks = new AttackNetwork(store, settings.weightsFrom());
  }

  /** How the two networks are opened. */
  public record Openings(DetectorOpening detector, EncoderOpening encoder) {}

  /** Opens a detector. */
  public interface DetectorOpening {
    Detector open(ModelStore store) throws UnusableManifestException, UnusableWeightsException;
  }

  /** Opens an encoder by the name of its model, for crops of that alignment. */
  public interface EncoderOpening {
    Encoder open(ModelStore store, String model, String alignment)
        throws UnusableManifestException, UnusableWeightsException;
  }

  private interface Opening<T> {
    T open() throws UnusableManifestException, UnusableWeightsException;
  }

  /** Of the encoder: its alignment, its measured rates. */
  public Manifest encoderManifest() {
    return orMissing(() -> store.manifest(settings.model()));
  }

  /** Of the attack detector: its threshold; known also where its weights are not. */
  public Manifest attackManifest() {
    return orMissing(() -> store.manifest(ModelStore.DEFAULT_ATTACK_DETECTOR));
  }

  /** Finds faces and aligns them for {@link #encoder()}. */
  public synchronized FaceFinder finder() {
    FaceFinder present = finder;
    if (present == null) {
      present =
          new FaceFinder(
              orMissing(() -> openings.detector().open(store)),
              new FaceAligner(AlignmentTemplate.named(alignment())),
              new QualityJudge(QualityThresholds.defaults()));
      finder = present;
    }
    return present;
  }

  /**
   * Opens the attack detector, or begins to fetch its weights where a check is wanted; for
   * processes that detect.
   *
   * @param progress gets a line for each thing that happens, from any thread
   */
  public void startAttackDetector(Consumer<String> progress) {
    var liveness = settings.liveness();
    attacks.start(liveness.attackCheck() || liveness.attackCheckAtCameras(), progress);
  }

  /** Empty until its weights are here, and for good where they are not to be had. */
  public Optional<AttackDetector> attackDetector() {
    return attacks.get();
  }

  /** The plain encoder; who wants mirror images too wraps it. */
  public synchronized Encoder encoder() {
    Encoder present = encoder;
    if (present == null) {
      present = orMissing(() -> openings.encoder().open(store, settings.model(), alignment()));
      encoder = present;
    }
    return present;
  }

  private String alignment() {
    return settings.alignment().orElseGet(() -> encoderManifest().alignmentOrThrow());
  }

  /** For single pictures; not to be closed by its user. */
  @Override
  public StillFaces get() {
    Encoder plain = encoder();
    return new StillFaces(finder(), settings.mirror() ? new MirroredEncoder(plain) : plain);
  }

  private static <T> T orMissing(Opening<T> opening) {
    try {
      return opening.open();
    } catch (UnusableManifestException | UnusableWeightsException e) {
      throw new OutsideMissingException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public synchronized void close() {
    attacks.close();
    if (finder != null) {
      finder.close();
      finder = null;
    }
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
  }
}
