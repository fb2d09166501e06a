package io.facelogin.models.mtcnn;

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

  private static final int STRIDE_PX = 2;

  /** Per place: log odds of a face, then the corrections of the four sides. */
  private static final int OUTPUTS = 5;

  /**
   * Pixels of one run; a larger level goes through in strips. Bounds memory to about 200 MB
   * whatever the picture, and keeps what one layer leaves for the next near the processor.
   */
  static final int MAX_RUN_PIXELS = 1 << 20;

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
    Operand<TFloat32> x = network.byteInput(-1, -1, 3);
    x = layers.prelu(layers.first(x, "conv1"), "PReLU1");
    x = network.maxPool(x, 2, 2, Padding.SAME);
    x = layers.prelu(layers.convolution(x, "conv2"), "PReLU2");
    x = layers.prelu(layers.convolution(x, "conv3"), "PReLU3");
    Kernel outputs = layers.oddsKernel("conv4-1").beside(layers.matrix("conv4-2"));
    float[] biases = MtcnnLayers.joined(layers.oddsBias("conv4-1"), layers.biases("conv4-2"));
    return network.open(network.convolution(x, outputs, biases, 1, Padding.VALID));
  }

  /**
   * @param bgr the same level of several pictures, one after the other, row by row
   * @return for each picture what was proposed, row by row
   */
  List<List<Candidate>> propose(byte[] bgr, int pictures, Level level) {
    List<List<Candidate>> proposed = new ArrayList<>(pictures);
    for (int i = 0; i < pictures; i++) {
      proposed.add(new ArrayList<>());
    }
    int perPicture = level.widthPx() * level.heightPx();
    if ((long) pictures * perPicture <= MAX_RUN_PIXELS) {
      float[] places = session.run(bgr, pictures, level.heightPx(), level.widthPx(), 3);
      for (int i = 0; i < pictures; i++) {
        collect(places, i, 0, level.heightPx(), level, proposed.get(i));
      }
      return proposed;
    }
    int rowBytes = level.widthPx() * 3;
    for (int i = 0; i < pictures; i++) {
      for (Strip strip : strips(level)) {
        byte[] part = new byte[strip.rows() * rowBytes];
        System.arraycopy(
            bgr, (i * level.heightPx() + strip.firstRow()) * rowBytes, part, 0, part.length);
        float[] places = session.run(part, 1, strip.rows(), level.widthPx(), 3);
        collect(places, 0, strip.firstRow(), strip.rows(), level, proposed.get(i));
      }
    }
    return proposed;
  }

  /** Rows of a level that go through together. */
  record Strip(int firstRow, int rows) {}

  /**
   * Cuts a level so that every place is computed exactly once and from the same pixels as in one
   * piece: strips begin on even rows and overlap by the field less one stride.
   */
  static List<Strip> strips(Level level) {
    int overlap = Pyramid.CELL_PX - STRIDE_PX;
    int rows = Math.max(2 * Pyramid.CELL_PX, MAX_RUN_PIXELS / level.widthPx()) / 2 * 2;
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

  private void collect(
      float[] places, int picture, int firstRow, int rows, Level level, List<Candidate> into) {
    int across = placesOf(level.widthPx());
    int down = placesOf(rows);
    int at = picture * down * across * OUTPUTS;
    for (int y = 0; y < down; y++) {
      for (int x = 0; x < across; x++, at += OUTPUTS) {
        if (places[at] >= minLogOdds) {
          into.add(candidate(places, at, x, y + firstRow / STRIDE_PX, level.scale()));
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
