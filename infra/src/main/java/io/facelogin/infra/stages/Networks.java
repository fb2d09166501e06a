package io.facelogin.infra.stages;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.models.StillFaces;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The networks of one process, opened when the first stage asks for them and shared by all. */
public final class Networks implements Supplier<StillFaces>, AutoCloseable {

  private final PipelineSettings settings;
  private final Path fetched;

  /**
   * @param fetched folder of the weights that are not packaged
   */
  public Networks(PipelineSettings settings, Path fetched) {
    this.settings = settings;
    this.fetched = fetched;
  }

  @Override
  public StillFaces get() {
    throw new OutsideMissingException(
        "No weights of " + settings.model() + " in " + fetched + " or in the program");
  }

  @Override
  public void close() {}
}
