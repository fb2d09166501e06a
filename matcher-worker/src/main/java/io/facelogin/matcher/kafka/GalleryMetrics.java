package io.facelogin.matcher.kafka;

import io.facelogin.matcher.MatcherMetrics;
import io.facelogin.matcher.gallery.Gallery;
import io.facelogin.matcher.index.Choice;
import io.facelogin.matcher.index.WatchedRecall;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is read off the gallery whenever somebody asks: NaN until it is open. */
final class GalleryMetrics implements AutoCloseable {

  private final MeterRegistry registry;
  private final Supplier<Optional<Gallery>> gallery;
  private final List<Meter> meters = new ArrayList<>();

  GalleryMetrics(MeterRegistry registry, Supplier<Optional<Gallery>> gallery) {
    this.registry = registry;
    this.gallery = gallery;
    gauge(MatcherMetrics.TEMPLATES, g -> g.index().templates());
    gauge(MatcherMetrics.INDEXED, g -> g.index().indexedTemplates());
    gauge(MatcherMetrics.PEOPLE, g -> g.index().people());
    gauge(
        MatcherMetrics.SEARCH_BY_INDEX, g -> g.index().choice().way() == Choice.Way.ANNOY ? 1 : 0);
    gauge(MatcherMetrics.SEARCH_EXACT_MS, g -> g.index().choice().exactMs());
    gauge(MatcherMetrics.SEARCH_INDEX_MS, g -> g.index().choice().annoyMs());
    gauge(MatcherMetrics.SEARCH_K, g -> g.index().choice().searchK());
    gauge(MatcherMetrics.RECALL, g -> g.index().watchedRecall().recall());
    counter(MatcherMetrics.RECALL_REPEATED, "mate", WatchedRecall::mates);
    counter(MatcherMetrics.RECALL_FOUND, "mate", WatchedRecall::matesFound);
    counter(MatcherMetrics.RECALL_REPEATED, "stranger", WatchedRecall::strangers);
    counter(MatcherMetrics.RECALL_FOUND, "stranger", WatchedRecall::strangersFound);
    counter(MatcherMetrics.RECALL_DROPPED, "any", WatchedRecall::dropped);
  }

  void gauge(String name, ToDoubleFunction<Gallery> value) {
    meters.add(
        Gauge.builder(
                name, gallery, source -> source.get().map(value::applyAsDouble).orElse(Double.NaN))
            .strongReference(true)
            .register(registry));
  }

  private void counter(String name, String of, ToDoubleFunction<WatchedRecall> value) {
    meters.add(
        FunctionCounter.builder(
                name,
                gallery,
                source ->
                    source
                        .get()
                        .map(open -> value.applyAsDouble(open.index().watchedRecall()))
                        .orElse(0.0))
            .tag("of", of)
            .register(registry));
  }

  /** A matcher that is started in place of this one registers its own. */
  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
