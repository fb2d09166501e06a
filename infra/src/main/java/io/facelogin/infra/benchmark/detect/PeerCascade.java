package io.facelogin.infra.benchmark.detect;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_dnn.blobFromImage;
import static org.bytedeco.opencv.global.opencv_dnn.blobFromImages;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * MTCNN as one writes it with OpenCV and ONNX Runtime, both with their defaults: level by level,
 * then all candidates of a picture in one call each of R-Net and O-Net. The same weights,
 * thresholds and steps as ours.
 */
final class PeerCascade implements Contender {

  private static final int CELL_PX = 12;
  private static final double FACTOR = 0.709;

  private static final long LOADING_STACK_BYTES = 64 << 20;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession propose;
  private final OrtSession refine;
  private final OrtSession output;
  private final LongAdder resizeNanos = new LongAdder();
  private final LongAdder networkNanos = new LongAdder();

  private PeerCascade(Weights mtcnn) throws OrtException {
    propose = environment.createSession(PeerNetwork.propose(mtcnn));
    refine = environment.createSession(PeerNetwork.refine(mtcnn));
    output = environment.createSession(PeerNetwork.output(mtcnn));
  }

  static PeerCascade open(Weights mtcnn) throws InterruptedException {
    // ONNX Runtime 1.29 ends the process when it is loaded where the command line is long, as it is
    // with a class path, unless there is much stack.
    var opening = new FutureTask<>(() -> new PeerCascade(mtcnn));
    new Thread(null, opening, "onnxruntime-opening", LOADING_STACK_BYTES).start();
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("ONNX Runtime does not take the networks", e.getCause());
    }
  }

  @Override
  public String name() {
    return "ONNX Runtime";
  }

  @Override
  public int faces(List<Picture> pictures, int minFacePx) {
    return pictures.stream().mapToInt(picture -> faces(picture, minFacePx).size()).sum();
  }

  List<PeerBox> faces(Picture picture, int minFacePx) {
    List<PeerBox> boxes = new ArrayList<>();
    double scale = (double) CELL_PX / minFacePx;
    double shorter = Math.min(picture.widthPx(), picture.heightPx()) * scale;
    for (; shorter >= CELL_PX; shorter *= FACTOR, scale *= FACTOR) {
      boxes.addAll(PeerBox.best(proposed(picture, scale), 0.5, false));
    }
    boxes =
        PeerBox.best(boxes, 0.7, false).stream().map(box -> box.corrected(0).squared()).toList();
    boxes =
        PeerBox.best(judged(refine, picture, boxes, 24), 0.7, false).stream()
            .map(box -> box.corrected(1).squared())
            .toList();
    return PeerBox.best(
        judged(output, picture, boxes, 48).stream().map(box -> box.corrected(1)).toList(),
        0.7,
        true);
  }

  private List<PeerBox> proposed(Picture picture, double scale) {
    int width = (int) Math.ceil(picture.widthPx() * scale);
    int height = (int) Math.ceil(picture.heightPx() * scale);
    try (Mat level = timed(resizeNanos, () -> resized(picture.bgr(), width, height));
        Mat blob = blob(level)) {
      float[][][][][] found = run(propose, blob, 1, height, width);
      List<PeerBox> boxes = new ArrayList<>();
      float[][][] classes = found[0][0];
      for (int y = 0; y < classes[0].length; y++) {
        for (int x = 0; x < classes[0][0].length; x++) {
          float probability = probability(classes[0][y][x], classes[1][y][x]);
          if (probability >= 0.6f) {
            float[][][] sides = found[1][0];
            float[] corrections = {sides[0][y][x], sides[1][y][x], sides[2][y][x], sides[3][y][x]};
            boxes.add(
                new PeerBox(
                    (int) ((2 * x + 1) / scale),
                    (int) ((2 * y + 1) / scale),
                    (int) ((2 * x + CELL_PX) / scale),
                    (int) ((2 * y + CELL_PX) / scale),
                    probability,
                    corrections));
          }
        }
      }
      return boxes;
    }
  }

  private List<PeerBox> judged(OrtSession network, Picture picture, List<PeerBox> boxes, int side) {
    List<PeerBox> passed = new ArrayList<>();
    if (boxes.isEmpty()) {
      return passed;
    }
    try (MatVector crops = new MatVector();
        Mat blob = timed(resizeNanos, () -> crops(picture.bgr(), boxes, side, crops))) {
      float[][][][][] found = run(network, blob, boxes.size(), side, side);
      for (int i = 0; i < boxes.size(); i++) {
        float probability = probability(found[0][i][0][0][0], found[0][i][1][0][0]);
        if (probability > 0.7f) {
          float[][][] sides = found[1][i];
          float[] corrections = {sides[0][0][0], sides[1][0][0], sides[2][0][0], sides[3][0][0]};
          PeerBox box = boxes.get(i);
          passed.add(new PeerBox(box.x1(), box.y1(), box.x2(), box.y2(), probability, corrections));
        }
      }
    }
    return passed;
  }

  private static Mat crops(Mat picture, List<PeerBox> boxes, int side, MatVector into) {
    for (PeerBox box : boxes) {
      int left = (int) box.x1() - 1;
      int top = (int) box.y1() - 1;
      int right = (int) box.x2();
      int bottom = (int) box.y2();
      int x1 = Math.max(0, left);
      int y1 = Math.max(0, top);
      int x2 = Math.max(x1 + 1, Math.min(picture.cols(), right));
      int y2 = Math.max(y1 + 1, Math.min(picture.rows(), bottom));
      if (x1 >= picture.cols() || y1 >= picture.rows()) {
        into.push_back(new Mat(side, side, picture.type(), new Scalar(0)));
        continue;
      }
      try (var place = new Rect(x1, y1, x2 - x1, y2 - y1);
          var inside = new Mat(picture, place);
          var padded = new Mat();
          var black = new Scalar(0)) {
        copyMakeBorder(
            inside,
            padded,
            y1 - top,
            Math.max(0, bottom - y2),
            x1 - left,
            Math.max(0, right - x2),
            0,
            black);
        into.push_back(resized(padded, side, side));
      }
    }
    return blobFromImages(
        into, 1 / 128.0, new Size(side, side), Scalar.all(127.5), true, false, CV_32F);
  }

  private static Mat resized(Mat picture, int width, int height) {
    Mat small = new Mat();
    try (var size = new Size(width, height)) {
      resize(picture, small, size, 0, 0, INTER_AREA);
    }
    return small;
  }

  private static Mat blob(Mat level) {
    return blobFromImage(level, 1 / 128.0, new Size(), Scalar.all(127.5), true, false, CV_32F);
  }

  private float[][][][][] run(OrtSession network, Mat blob, long n, long height, long width) {
    long values = n * 3 * height * width;
    ByteBuffer bytes = blob.data().capacity(values * Float.BYTES).asByteBuffer();
    FloatBuffer floats = bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
    long[] shape = {n, 3, height, width};
    long begin = System.nanoTime();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, floats, shape);
        OrtSession.Result result = network.run(Map.of("input", input))) {
      return new float[][][][][] {
        (float[][][][]) result.get(0).getValue(), (float[][][][]) result.get(1).getValue()
      };
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed", e);
    } finally {
      networkNanos.add(System.nanoTime() - begin);
    }
  }

  private static float probability(float other, float face) {
    return (float) (1 / (1 + Math.exp(other - face)));
  }

  private static <T> T timed(LongAdder nanos, Supplier<T> work) {
    long begin = System.nanoTime();
    T result = work.get();
    nanos.add(System.nanoTime() - begin);
    return result;
  }

  @Override
  public Spent spent() {
    return new Spent(resizeNanos.sum() / 1e6, networkNanos.sum() / 1e6);
  }

  @Override
  public void close() {
    try {
      propose.close();
      refine.close();
      output.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not close", e);
    }
  }
}
