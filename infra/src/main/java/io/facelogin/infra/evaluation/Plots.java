package io.facelogin.infra.evaluation;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws results as PNG, several networks in one picture. Needs no screen. */
public final class Plots {

  private static final int WIDTH_PX = 900;
  private static final int HEIGHT_PX = 650;

  /** So many points are drawn for each factor of ten. */
  private static final int POINTS_PER_DECADE = 40;

  private static final double MOST_REJECTED = 0.3;

  private Plots() {}

  /**
   * One result among others.
   *
   * @param missThreshold at which the curve of errors over rejected pairs is drawn
   */
  public record Curve(String label, ErrorRates rates, RejectCurve quality, double missThreshold) {}

  /**
   * Writes det.png, roc.png and error-versus-reject.png into a folder, which is made.
   *
   * @return the files
   */
  public static List<Path> write(Path folder, String data, List<Curve> curves) throws IOException {
    Files.createDirectories(folder);
    return List.of(
        save(folder.resolve("det.png"), det(data, curves)),
        save(folder.resolve("roc.png"), roc(data, curves)),
        save(folder.resolve("error-versus-reject.png"), reject(data, curves)));
  }

  private static Path save(Path file, XYChart chart) throws IOException {
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    return file;
  }

  private static XYChart det(String data, List<Curve> curves) {
    XYChart chart = chart("Detection error tradeoff, " + data, "False match rate", "Miss rate");
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    double least = 1;
    for (Curve curve : curves) {
      // A rate of no error has no place on the axis: the curve ends where the last error was seen.
      draw(chart, curve, curve.rates()::missRate, true);
      least = Math.min(least, 1.0 / Math.max(1, curve.rates().genuinePairs()));
    }
    chart.getStyler().setYAxisMin(decadeBelow(least)).setYAxisMax(1.0);
    return chart;
  }

  private static XYChart roc(String data, List<Curve> curves) {
    XYChart chart =
        chart("Receiver operating characteristic, " + data, "False match rate", "True accept rate");
    chart.getStyler().setXAxisLogarithmic(true);
    double least = 1;
    for (Curve curve : curves) {
      draw(chart, curve, threshold -> 1 - curve.rates().missRate(threshold), false);
      least = Math.min(least, 1 - curve.rates().missRate(curve.rates().impostors().thresholdAt(0)));
    }
    chart.getStyler().setYAxisMin(Math.floor(least * 20) / 20).setYAxisMax(1.0);
    return chart;
  }

  private static void draw(
      XYChart chart, Curve curve, DoubleUnaryOperator rateAt, boolean withoutZero) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    ImpostorScores impostors = curve.rates().impostors();
    int decades = (int) Math.ceil(Math.log10((double) Math.max(10, impostors.pairs())));
    for (int i = 0; i <= decades * POINTS_PER_DECADE; i++) {
      double threshold = impostors.thresholdAt(Math.pow(10, -(double) i / POINTS_PER_DECADE));
      double falseMatchRate = impostors.falseMatchRate(threshold);
      double rate = rateAt.applyAsDouble(threshold);
      if (falseMatchRate > 0 && !(withoutZero && rate == 0)) {
        x.add(falseMatchRate);
        y.add(rate);
      }
    }
    add(chart, curve.label(), x, y);
    double lowest = decadeBelow(1.0 / Math.max(10, impostors.pairs()));
    Double before = chart.getStyler().getXAxisMin();
    chart.getStyler().setXAxisMin(before == null ? lowest : Math.min(before, lowest));
    chart.getStyler().setXAxisMax(1.0);
  }

  private static XYChart reject(String data, List<Curve> curves) {
    XYChart chart =
        chart(
            "Misses over pairs left out for low quality, " + data,
            "Share of the pairs of one person left out",
            "Miss rate of the others");
    double[] rejected = new double[61];
    List<Double> x = new ArrayList<>();
    for (int i = 0; i < rejected.length; i++) {
      rejected[i] = MOST_REJECTED * i / (rejected.length - 1);
      x.add(rejected[i]);
    }
    for (Curve curve : curves) {
      List<Double> y = new ArrayList<>();
      for (double rate : curve.quality().missRates(curve.missThreshold(), rejected)) {
        y.add(rate);
      }
      add(chart, curve.label(), x, y);
    }
    chart.getStyler().setYAxisMin(0.0).setXAxisMin(0.0).setXAxisMax(MOST_REJECTED);
    return chart;
  }

  private static void add(XYChart chart, String label, List<Double> x, List<Double> y) {
    if (!x.isEmpty()) {
      chart.addSeries(label, x, y).setMarker(SeriesMarkers.NONE).setLineWidth(2f);
    }
  }

  private static double decadeBelow(double value) {
    return Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH_PX)
            .height(HEIGHT_PX)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    var font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleFont(font.deriveFont(16f))
        .setLegendFont(font);
    chart.getStyler().setPlotGridLinesColor(new Color(220, 220, 220));
    chart.getStyler().setAxisTitleFont(font).setAxisTickLabelsFont(font);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart
        .getStyler()
        .setSeriesColors(
            new Color[] {
              new Color(0, 90, 181),
              new Color(220, 50, 32),
              new Color(0, 130, 90),
              new Color(230, 150, 0),
              new Color(120, 60, 150),
              new Color(90, 90, 90),
              new Color(0, 170, 200)
            });
    return chart;
  }
}
