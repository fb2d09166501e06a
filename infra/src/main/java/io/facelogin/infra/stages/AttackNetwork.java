package io.facelogin.infra.stages;

import io.facelogin.models.AttackDetector;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.store.FetchProgress;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.store.StoredModel;
import io.facelogin.models.weights.UnusableWeightsException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The attack detector of a process, whose weights do not come with the program. What is here is
 * opened at once; what is not is fetched on a thread of its own, so that a site starts without
 * them, and without the internet. Any thread may ask for it at any time.
 */
final class AttackNetwork implements Supplier<Optional<AttackDetector>>, AutoCloseable {

  private static final String NAME = ModelStore.DEFAULT_ATTACK_DETECTOR;

  private final ModelStore store;
  private final Optional<String> from;
  private volatile @Nullable AttackDetector detector;
  private boolean closed;

  /**
   * @param from folder or address of a mirror; empty: the place of publication
   */
  AttackNetwork(ModelStore store, Optional<String> from) {
    this.store = store;
    this.from = from;
  }

  /**
   * @param wanted whether to fetch what is not here
   * @param progress gets a line for each thing that happens, from any thread
   */
  void start(boolean wanted, Consumer<String> progress) {
    try {
      StoredModel stored = store.verify(NAME);
      if (stored.usable()) {
        open();
      } else if (wanted) {
        progress.accept("Fetching the networks of the attack check (3.7 MB) meanwhile");
        Thread fetching = new Thread(() -> fetch(progress), "fetch-" + NAME);
        fetching.setDaemon(true);
        fetching.start();
      }
    } catch (UnusableManifestException | UnusableWeightsException e) {
      progress.accept(without(e));
    }
  }

  private void fetch(Consumer<String> progress) {
    try {
      store.fetch(NAME, from, Optional.empty(), FetchProgress.silent());
      open();
      progress.accept("The attack check has its networks now");
    } catch (UnusableManifestException | UnusableWeightsException e) {
      progress.accept(without(e));
    }
  }

  private static String without(Exception reason) {
    return """
        The attack check has no networks. A log-in is asked for a challenge instead; with --challenge off nobody gets in.
          Why: %s
          To have them: face-login models fetch %s --from FOLDER_OR_ADDRESS, then start again."""
        .formatted(reason.getMessage(), NAME);
  }

  private synchronized void open() throws UnusableManifestException, UnusableWeightsException {
    if (!closed && detector == null) {
      detector = store.openAttackDetector();
    }
  }

  @Override
  public Optional<AttackDetector> get() {
    return Optional.ofNullable(detector);
  }

  @Override
  public synchronized void close() {
    closed = true;
    AttackDetector open = detector;
    if (open != null) {
      detector = null;
      open.close();
    }
  }
}
