package io.facelogin.models.store;

import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.Manifest.WeightFile;
import io.facelogin.models.weights.UnusableWeightsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gets all files of one network, if its licence allows. */
final class Fetch {

  private final Manifest manifest;
  private final Function<WeightFile, Path> place;
  private final FetchProgress progress;

  /**
   * @param place where each file is to lie
   */
  Fetch(Manifest manifest, Function<WeightFile, Path> place, FetchProgress progress) {
    this.manifest = manifest;
    this.place = place;
    this.progress = progress;
  }

  void run(Optional<String> from, Optional<String> acceptedLicence)
      throws UnusableWeightsException {
    if (manifest.needsAcceptance() && acceptedLicence.filter(this::namesLicence).isEmpty()) {
      throw new UnusableWeightsException(
          ("The licence of %s must be accepted by its name. If it allows your use, say:"
                  + " face-login models fetch %s --accept-licence \"%s\"")
              .formatted(manifest.id(), manifest.id(), manifest.licence()));
    }
    try {
      files(manifest.files(), from);
    } catch (UnusableWeightsException usual) {
      if (from.isEmpty() || manifest.alternatives().isEmpty()) {
        throw usual;
      }
      if (!alternative(from)) {
        throw new UnusableWeightsException(
            "%s In its place serves each of %s."
                .formatted(
                    usual.getMessage(),
                    manifest.alternatives().stream().map(WeightFile::name).toList()),
            usual);
      }
    }
  }

  /** Whoever accepts a licence may leave out its version. */
  private boolean namesLicence(String accepted) {
    String licence = manifest.licence();
    return licence.equalsIgnoreCase(accepted)
        || licence.replaceFirst("-[0-9.]+$", "").equalsIgnoreCase(accepted);
  }

  private void files(List<WeightFile> files, Optional<String> from)
      throws UnusableWeightsException {
    for (WeightFile file : files) {
      Source source = new Source(manifest.id().value(), file, place.apply(file), progress);
      if (from.isPresent()) {
        source.from(from.get());
      } else {
        source.fromPublication();
      }
    }
  }

  /** A folder may hold another publication of the same weights. */
  private boolean alternative(Optional<String> from) {
    for (WeightFile file : manifest.alternatives()) {
      try {
        files(List.of(file), from);
        return true;
      } catch (UnusableWeightsException e) {
        // Then the message about the usual files is the one that helps.
      }
    }
    return false;
  }
}
