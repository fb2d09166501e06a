package io.facelogin.infra.benchmark.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Recall against latency: a line for each way of searching, set of vectors and kind of mate. */
public final class IndexPlot {

  private static final List<String> BINS = List.of("0.4", "0.7");

  private IndexPlot() {}

  private record Line(List<Double> ms, List<Double> recall) {}

  /** Writes a PNG; needs no screen. */
  public static void write(List<IndexResult> results, Path png) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(1100)
            .height(700)
            .title("Recall@1 against latency, by the cosine of the mate")
            .xAxisTitle("Milliseconds per query, one thread, median")
            .yAxisTitle("Recall@1")
            .build();
    DoubleSummaryStatistics ms =
        results.stream().mapToDouble(IndexPlot::shownMs).summaryStatistics();
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        // Only whole powers of ten get a label: the axis has to begin and end at one.
        .setXAxisMin(Math.pow(10, Math.floor(Math.log10(ms.getMin()))))
        .setXAxisMax(Math.pow(10, Math.floor(Math.log10(ms.getMax())) + 1))
        .setYAxisMin(0.0)
        .setYAxisMax(1.02)
        .setLegendPosition(LegendPosition.OutsideE);
    Map<String, Line> lines = new LinkedHashMap<>();
    for (String bin : BINS) {
      for (IndexResult result : results) {
        String name =
            String.format(
                Locale.ROOT,
                "%s, %,d x %d, cosine %s",
                result.engine(),
                result.items(),
                result.dimension(),
                bin);
        Line line =
            lines.computeIfAbsent(name, n -> new Line(new ArrayList<>(), new ArrayList<>()));
        line.ms().add(shownMs(result));
        line.recall().add(result.recallAt1().getOrDefault(bin, 0.0));
      }
    }
    lines.forEach((name, line) -> chart.addSeries(name, line.ms(), line.recall()));
    BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
  }

  /** A logarithmic axis has no zero. */
  private static double shownMs(IndexResult result) {
    return Math.max(1e-4, result.p50Ms());
  }
}
