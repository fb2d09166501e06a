package io.facelogin.infra.evaluation.attack;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the attack scores of every kind of presentation beside each other. Needs no screen. */
public final class AttackPlot {

  private static final int WIDTH_PX = 900;
  private static final int HEIGHT_PX = 650;

  /** Points of one kind lie in so many columns beside each other, so that each is seen. */
  private static final int COLUMNS = 12;

  private AttackPlot() {}

  /**
   * @param threshold of the attack score
   */
  public static void write(Path file, String data, Collection<Judged> judged, double threshold)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH_PX)
            .height(HEIGHT_PX)
            .title("Attack scores, " + data)
            .xAxisTitle("kind of presentation")
            .yAxisTitle("attack score")
            .build();
    var font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    chart.getStyler().setChartBackgroundColor(Color.WHITE).setLegendFont(font);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setXAxisTicksVisible(false);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    Map<String, List<Judged>> kinds = new TreeMap<>();
    for (Judged one : judged) {
      if (one.attackScore().isPresent()) {
        kinds.computeIfAbsent(kind(one), name -> new ArrayList<>()).add(one);
      }
    }
    int column = 0;
    for (Map.Entry<String, List<Judged>> kind : kinds.entrySet()) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (Judged one : kind.getValue()) {
        x.add(column + 0.6 * (x.size() % COLUMNS) / COLUMNS);
        y.add(one.attackScore().getAsDouble());
      }
      chart.addSeries(kind.getKey(), x, y);
      column++;
    }
    chart
        .addSeries(
            String.format(Locale.ROOT, "threshold %.2f", threshold),
            List.of(-0.2, column - 0.2),
            List.of(threshold, threshold))
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Color.DARK_GRAY);
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }

  private static String kind(Judged one) {
    String what = one.presentation().attack() ? one.presentation().species() : "live";
    return what + (one.clip() ? " (clips)" : " (pictures)");
  }
}
