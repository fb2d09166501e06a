package io.facelogin.infra.benchmark.index;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** One way of searching, built and ready. Owned by the benchmark. */
interface SearchEngine extends AutoCloseable {

  /** As the table shows it. */
  String name();

  /** Size of its files; 0 where there is none. */
  long fileBytes();

  /** What is measured one after another. */
  List<Setting> settings();

  /** One setting of the knob that trades time for recall; each thread takes a search of its own. */
  record Setting(String name, Supplier<OneSearch> newSearch) {}

  /** One thread's search. */
  interface OneSearch {
    /** Offers what it finds. */
    void run(float[] query, Best best);
  }

  @Override
  void close() throws IOException;
}
