package io.facelogin.models.mtcnn;

import io.facelogin.models.mtcnn.Canvas.Piece;
import io.facelogin.models.mtcnn.Canvas.Spot;
import io.facelogin.models.mtcnn.Pyramid.Level;
import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * P-Net: looks at each field of 12 x 12 px, every second pixel, of one level of the pyramid. Fully
 * convolutional, so a level may have any size.
 */
final class ProposalNetwork implements AutoCloseable {

  static final int CHANNELS = PooledStem.CHANNELS_WITH_RIM;

  private static final int STRIDE_PX = 2;

  /** Per place: log odds of a face, then the corrections of the four sides. */
  private static final int OUTPUTS = 5;

  private final NetworkSession session;
  private final float minLogOdds;

  /**
   * @param minLogOdds of a face, from which on a place is proposed
   */
  ProposalNetwork(Weights weights, float minLogOdds) {
    this.session = build(weights);
    this.minLogOdds = minLogOdds;
  }

  private static NetworkSession build(Weights weights) {
    NetworkBuilder network = new NetworkBuilder();
    MtcnnLayers layers = new MtcnnLayers(network, weights, "pnet/");
    Operand<TFloat32> x = network.byteInput(-1, -1, CHANNELS);
    x = layers.prelu(new PooledStem(layers, "PReLU1", CHANNELS).build(x, 2), "PReLU2");
    x = layers.prelu(layers.convolution(x, "conv3"), "PReLU3");
    Kernel outputs = layers.oddsKernel("conv4-1").beside(layers.matrix("conv4-2"));
    float[] biases = MtcnnLayers.joined(layers.oddsBias("conv4-1"), layers.biases("conv4-2"));
    return network.open(network.convolution(x, outputs, biases, 1, Padding.VALID));
  }

  /** A level in one piece, or in strips if it is larger than a canvas may be. */
  static List<Piece> pieces(Field field, Level level) {
    if ((long) level.widthPx() * level.heightPx() <= Canvas.MAX_PIXELS / 2) {
      return List.of(new Piece(field, level, 0, level.heightPx()));
    }
    return strips(level).stream()
        .map(strip -> new Piece(field, level, strip.firstRow(), strip.rows()))
        .toList();
  }

  /** Rows of a level that go through together. */
  record Strip(int firstRow, int rows) {}

  /**
   * Cuts a level so that every place is computed exactly once and from the same pixels as in one
   * piece: strips begin on even rows and overlap by the field less one stride.
   */
  static List<Strip> strips(Level level) {
    int overlap = Pyramid.CELL_PX - STRIDE_PX;
    int rows = Math.max(2 * Pyramid.CELL_PX, Canvas.MAX_PIXELS / 2 / level.widthPx()) / 2 * 2;
    List<Strip> strips = new ArrayList<>();
    int first = 0;
    while (first + rows < level.heightPx()) {
      strips.add(new Strip(first, rows));
      first += rows - overlap;
    }
    if (strips.isEmpty() || level.heightPx() - first >= Pyramid.CELL_PX) {
      strips.add(new Strip(first, level.heightPx() - first));
    }
    return strips;
  }

  /**
   * @param pixels of the canvas, blue, green, red and rim
   * @return the outputs of each place, row by row
   */
  float[] run(byte[] pixels, Canvas canvas) {
    return session.run(pixels, 1, canvas.heightPx(), canvas.widthPx(), CHANNELS);
  }

  /** Adds what was proposed in a piece, in pixels of its field. */
  void collect(float[] places, Canvas canvas, Spot spot, List<Candidate> into) {
    Piece piece = spot.piece();
    int rowOutputs = placesOf(canvas.widthPx()) * OUTPUTS;
    int across = placesOf(piece.widthPx());
    int down = placesOf(piece.rows());
    for (int y = 0; y < down; y++) {
      int at = (spot.topPx() / STRIDE_PX + y) * rowOutputs + spot.leftPx() / STRIDE_PX * OUTPUTS;
      for (int x = 0; x < across; x++, at += OUTPUTS) {
        if (places[at] >= minLogOdds) {
          int row = y + piece.firstRow() / STRIDE_PX;
          into.add(candidate(places, at, x, row, piece.level().scale()));
        }
      }
    }
  }

  private static Candidate candidate(float[] places, int at, int x, int y, double scale) {
    return new Candidate(
        fix((STRIDE_PX * x + 1) / scale),
        fix((STRIDE_PX * y + 1) / scale),
        fix((STRIDE_PX * x + Pyramid.CELL_PX) / scale),
        fix((STRIDE_PX * y + Pyramid.CELL_PX) / scale),
        places[at],
        places[at + 1],
        places[at + 2],
        places[at + 3],
        places[at + 4]);
  }

  private static double fix(double value) {
    return (long) value;
  }

  /** Places along a side: two convolutions of 3, a halving that rounds up, and another of 3. */
  static int placesOf(int sidePx) {
    return (sidePx - 2 + 1) / 2 - 4;
  }

  @Override
  public void close() {
    session.close();
  }
}
