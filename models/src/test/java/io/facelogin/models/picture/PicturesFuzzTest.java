package io.facelogin.models.picture;

import static io.facelogin.contract.foreign.ForeignBytes.assertBounded;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facelogin.contract.foreign.ForeignBytes;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.params.provider.MethodSource;

/** Foreign bytes become an upright picture, or are refused. */
class PicturesFuzzTest {

  private static final long MOST_BYTES = 64 << 20;

  /** OpenCV decodes outside of the heap: more would only test how patient this machine is. */
  private static final long MOST_PIXELS = 4_000_000;

  @MethodSource("pictures")
  @FuzzTest(maxDuration = "2m")
  void bytesAreAPictureOrAreRefused(byte[] bytes) {
    try {
      if (PictureHeader.of(bytes).pixels() > MOST_PIXELS) {
        return;
      }
      PictureReader.read(bytes).close();
      PictureReader.glimpse(bytes);
    } catch (UnusablePictureException e) {
      // The documented answer.
    }
  }

  /** The libraries beneath are loaded once, which costs more than any file. */
  @BeforeContainer
  static void load() throws IOException {
    pictures().forEach(new PicturesFuzzTest()::bytesAreAPictureOrAreRefused);
  }

  @Property(tries = 1000, seed = "1")
  void damagedPicturesToo(@ForAll("damaged") byte[] bytes) {
    assertBounded(MOST_BYTES, () -> bytesAreAPictureOrAreRefused(bytes));
  }

  @Provide
  Arbitrary<byte[]> damaged() throws IOException {
    return ForeignBytes.damaged(pictures().toList());
  }

  static Stream<byte[]> pictures() throws IOException {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_3BYTE_BGR);
    image.createGraphics().fillRect(2, 3, 9, 8);
    image.setRGB(20, 12, Color.RED.getRGB());
    byte[] jpeg = encoded(image, "jpg");
    return Stream.of(
        jpeg, turned(jpeg), encoded(image, "png"), encoded(image, "gif"), encoded(image, "bmp"));
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  /** The same with an EXIF orientation of 6: lying on its side. */
  private static byte[] turned(byte[] jpeg) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0});
    out.writeBytes(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6});
    out.writeBytes(new byte[] {0, 0, 0, 0, 0, 0});
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}
