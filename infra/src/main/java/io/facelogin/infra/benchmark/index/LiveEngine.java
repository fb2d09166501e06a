package io.facelogin.infra.benchmark.index;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.matcher.index.Candidate;
import io.facelogin.matcher.index.IndexSettings;
import io.facelogin.matcher.index.LiveIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The matcher's own gallery as it comes, every row a person of its own so that its answers can be
 * held against those of the others.
 */
final class LiveEngine implements SearchEngine {

  private final LiveIndex index;
  private final int wanted;

  private LiveEngine(LiveIndex index, int wanted) {
    this.index = index;
    this.wanted = wanted;
  }

  static LiveEngine build(VectorFile vectors, int wanted, Path folder) throws IOException {
    LiveIndex index =
        new LiveIndex(
            vectors.dimension(),
            IndexSettings.defaults().withMode(IndexSettings.Mode.EXACT),
            folder.resolve("live"));
    for (int row = 0; row < vectors.rows(); row++) {
      String id = Integer.toString(row);
      index.enrol(new TemplateId(id), new PersonId(id), vectors.row(row));
    }
    return new LiveEngine(index, wanted);
  }

  @Override
  public String name() {
    return "live gallery, exact";
  }

  @Override
  public long fileBytes() {
    return 0;
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(
            "-",
            () ->
                (query, best) -> {
                  for (Candidate found : index.nearest(query, wanted)) {
                    best.offer(Integer.parseInt(found.person().value()), found.similarity());
                  }
                }));
  }

  @Override
  public void close() {
    index.close();
  }
}
