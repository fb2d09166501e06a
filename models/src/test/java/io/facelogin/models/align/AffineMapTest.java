package io.facelogin.models.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AffineMapTest {

  private static final Landmarks TEMPLATE = AlignmentTemplate.ARCFACE_112.pointsPx();

  @Property(tries = 200)
  void turnedScaledAndShiftedTemplateComesBackExactly(
      @ForAll @DoubleRange(min = -3.1, max = 3.1) double angle,
      @ForAll @DoubleRange(min = 0.1, max = 20) double scale,
      @ForAll @DoubleRange(min = -500, max = 3000) double x,
      @ForAll @DoubleRange(min = -500, max = 3000) double y) {
    Landmarks face = moved(TEMPLATE, angle, scale, x, y);
    AffineMap map = AffineMap.onto(AlignmentTemplate.ARCFACE_112, face);
    List<Point> wanted = TEMPLATE.points();
    for (int i = 0; i < 5; i++) {
      Point point = map.apply(face.points().get(i));
      assertThat(point.x()).isCloseTo(wanted.get(i).x(), offset(0.02f));
      assertThat(point.y()).isCloseTo(wanted.get(i).y(), offset(0.02f));
    }
  }

  @Test
  void leastSquaresMapIsBetterThanAnyNeighbour() {
    Landmarks face =
        new Landmarks(
            new Point(204.3f, 100.8f),
            new Point(247.1f, 103.0f),
            new Point(225.2f, 128.9f),
            new Point(201.5f, 139.5f),
            new Point(245.5f, 141.5f));
    AffineMap map = AffineMap.onto(AlignmentTemplate.ARCFACE_112, face);
    double best = error(map, face);
    for (double step : new double[] {-1e-3, 1e-3}) {
      assertThat(
              error(
                  new AffineMap(map.a() + step, map.b(), map.c(), map.d(), map.e() + step, map.f()),
                  face))
          .isGreaterThan(best);
      assertThat(
              error(
                  new AffineMap(map.a(), map.b() - step, map.c(), map.d() + step, map.e(), map.f()),
                  face))
          .isGreaterThan(best);
      assertThat(
              error(
                  new AffineMap(map.a(), map.b(), map.c() + 100 * step, map.d(), map.e(), map.f()),
                  face))
          .isGreaterThan(best);
    }
  }

  @Test
  void threePointMapBringsEyesAndNoseExactlyToTheirPlaces() {
    Landmarks turned =
        new Landmarks(
            new Point(100, 80),
            new Point(140, 90),
            new Point(135, 115),
            new Point(100, 140),
            new Point(130, 145));
    AffineMap map = AffineMap.onto(AlignmentTemplate.ARCFACE_112_AFFINE3, turned);
    assertThat(map.apply(turned.leftEye()).x()).isCloseTo(TEMPLATE.leftEye().x(), offset(1e-3f));
    assertThat(map.apply(turned.rightEye()).y()).isCloseTo(TEMPLATE.rightEye().y(), offset(1e-3f));
    assertThat(map.apply(turned.nose()).x()).isCloseTo(TEMPLATE.nose().x(), offset(1e-3f));
    assertThat(map.apply(turned.nose()).y()).isCloseTo(TEMPLATE.nose().y(), offset(1e-3f));
  }

  @Test
  void pointsOnOneSpotAreRefused() {
    Point spot = new Point(10, 10);
    Landmarks face = new Landmarks(spot, spot, spot, spot, spot);
    assertThatThrownBy(() -> AffineMap.onto(AlignmentTemplate.ARCFACE_112, face))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AffineMap.onto(AlignmentTemplate.ARCFACE_112_AFFINE3, face))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknownTemplateIsRefusedNamingTheKnownOnes() {
    assertThatThrownBy(() -> AlignmentTemplate.named("arcface-113"))
        .hasMessageContaining("arcface-113")
        .hasMessageContaining("arcface-112-affine3");
  }

  private static double error(AffineMap map, Landmarks face) {
    double sum = 0;
    for (int i = 0; i < 5; i++) {
      Point at = map.apply(face.points().get(i));
      Point wanted = TEMPLATE.points().get(i);
      sum += Math.pow(at.x() - wanted.x(), 2) + Math.pow(at.y() - wanted.y(), 2);
    }
    return sum;
  }

  private static Landmarks moved(Landmarks from, double angle, double scale, double x, double y) {
    List<Point> points =
        from.points().stream()
            .map(
                p ->
                    new Point(
                        (float) (scale * (Math.cos(angle) * p.x() - Math.sin(angle) * p.y()) + x),
                        (float) (scale * (Math.sin(angle) * p.x() + Math.cos(angle) * p.y()) + y)))
            .toList();
    return new Landmarks(points.get(0), points.get(1), points.get(2), points.get(3), points.get(4));
  }
}
