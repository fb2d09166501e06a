package io.facelogin.models.manifest;

import io.facelogin.models.manifest.ImpostorDistribution.Evidence;
import io.facelogin.models.manifest.ImpostorDistribution.GenuinePoint;
import io.facelogin.models.manifest.ImpostorDistribution.Point;
import io.facelogin.models.manifest.ImpostorDistribution.Tail;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The part of a manifest below {@code measured.impostor-distribution}. */
final class DistributionYaml {

  private static final String MEASURED = "measured:";
  private static final String KEY = "  impostor-distribution:";

  private DistributionYaml() {}

  /** Empty if there is a fault, which the section then holds. */
  static Optional<ImpostorDistribution> read(Section section) {
    Evidence evidence =
        new Evidence(
            section.requiredPositive("pairs"),
            (int) section.requiredPositive("pictures"),
            (int) section.requiredPositive("people"),
            section.requiredText("source"),
            date(section));
    List<Point> points =
        section.sections("points").stream()
            .map(
                s -> {
                  var point =
                      new Point(
                          s.requiredNumber("fmr", 1e-15, 1), s.requiredNumber("similarity", -1, 1));
                  s.refuseUnknown();
                  return point;
                })
            .toList();
    List<GenuinePoint> genuine =
        section.sections("genuine").stream()
            .map(
                s -> {
                  var point =
                      new GenuinePoint(
                          s.requiredNumber("tar", 0, 1), s.requiredNumber("similarity", -1, 1));
                  s.refuseUnknown();
                  return point;
                })
            .toList();
    Section tail = section.requiredSection("tail");
    double from = tail.requiredNumber("from", -1, 1);
    double rate = tail.requiredNumber("rate", 1e-15, 1);
    double scale = tail.requiredNumber("scale", 1e-6, 1);
    double shape = tail.requiredNumber("shape", -1, 0.99);
    tail.refuseUnknown();
    section.refuseUnknown();
    try {
      return Optional.of(
          new ImpostorDistribution(
              points, new Tail(from, rate, scale, shape), genuine, Optional.of(evidence)));
    } catch (IllegalArgumentException e) {
      section.fault("points", "and tail must be a distribution", e.getMessage());
      return Optional.empty();
    }
  }

  private static LocalDate date(Section section) {
    String text = section.requiredText("measured");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      if (!text.isEmpty()) {
        section.fault("measured", "must be a quoted date like \"2026-01-31\"", text);
      }
      return LocalDate.EPOCH;
    }
  }

  static String replace(String yaml, ImpostorDistribution distribution) {
    List<String> lines = new ArrayList<>();
    boolean inOld = false;
    int end = -1;
    boolean inMeasured = false;
    for (String line : yaml.stripTrailing().split("\n", -1)) {
      int indent = line.length() - line.stripLeading().length();
      inOld = line.stripTrailing().equals(KEY) || (inOld && (indent > 2 || line.isBlank()));
      if (inOld) {
        continue;
      }
      lines.add(line);
      inMeasured =
          line.stripTrailing().equals(MEASURED)
              || (inMeasured && (indent > 0 || line.isBlank() || line.startsWith("#")));
      if (inMeasured && !line.isBlank() && !line.startsWith("#")) {
        end = lines.size();
      }
    }
    if (end < 0) {
      lines.add(MEASURED);
      lines.add("  how: see impostor-distribution");
      end = lines.size();
    }
    lines.addAll(end, block(distribution));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> block(ImpostorDistribution distribution) {
    List<String> lines = new ArrayList<>(List.of(KEY));
    Evidence evidence =
        distribution
            .evidence()
            .orElseThrow(
                () -> new IllegalArgumentException("Only a measured distribution can be written"));
    lines.add("    source: \"" + evidence.source().replaceAll("[\"\\\\\\p{Cntrl}]", "'") + "\"");
    lines.add("    measured: \"" + evidence.measured() + "\"");
    lines.add("    pairs: " + evidence.pairs());
    lines.add("    pictures: " + evidence.pictures());
    lines.add("    people: " + evidence.people());
    lines.add("    points:");
    for (Point point : distribution.points()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "      - {fmr: %s, similarity: %.4f}",
              rate(point.falseMatchRate()),
              point.similarity()));
    }
    Tail tail = distribution.tail();
    lines.add(
        String.format(
            Locale.ROOT,
            "    tail: {from: %.4f, rate: %s, scale: %.5f, shape: %.3f}",
            tail.from(),
            rate(tail.rate()),
            tail.scale(),
            tail.shape()));
    if (!distribution.genuine().isEmpty()) {
      lines.add("    genuine:");
    }
    for (GenuinePoint point : distribution.genuine()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "      - {tar: %s, similarity: %.4f}",
              point.trueAcceptRate(),
              point.similarity()));
    }
    return lines;
  }

  private static String rate(double rate) {
    return String.format(Locale.ROOT, "%.3e", rate);
  }
}
