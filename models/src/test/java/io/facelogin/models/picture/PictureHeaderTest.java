package io.facelogin.models.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureHeaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
  void readsTheSizeWithoutDecoding(String format) throws Exception {
    PictureHeader header = PictureHeader.of(picture(format));
    assertThat(header.widthPx()).isEqualTo(321);
    assertThat(header.heightPx()).isEqualTo(123);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png"})
  void pictureWithoutItsEndIsRefusedWhereverItWasCut(String format) throws Exception {
    byte[] whole = picture(format);
    for (int length = 0; length < whole.length - 4; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> PictureHeader.of(cut)).isInstanceOf(UnusablePictureException.class);
    }
  }

  @Test
  void whateverFollowsTheEndDoesNotMatter() throws Exception {
    byte[] whole = picture("jpg");
    assertThat(PictureHeader.of(Arrays.copyOf(whole, whole.length + 1000)).widthPx())
        .isEqualTo(321);
  }

  @Test
  void otherFilesAreRefusedNamingWhatIsTaken() {
    assertThatThrownBy(() -> PictureHeader.of("<svg/>".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessageContaining("JPEG, PNG");
    byte[] jpeg2000 = {0, 0, 0, 12, 'j', 'P', ' ', ' ', 13, 10, (byte) 0x87, 10};
    assertThatThrownBy(() -> PictureHeader.of(jpeg2000))
        .isInstanceOf(UnusablePictureException.class);
  }

  private static byte[] picture(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(321, 123, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }

  /** Found by fuzzing: 46 bytes for which OpenCV took 4 GB and 8 s. */
  @Test
  void aPngWhoseLastChunkClaimsToBeHugeIsRefusedByItsHeader() {
    byte[] png =
        java.util.HexFormat.of()
            .parseHex(
                "89504e470d0a1a0a0000000d49484452000000180000001008000200ffff"
                    + "ffffffffffff0049454e44ae9d426082");
    assertThatThrownBy(() -> PictureHeader.of(png))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessageContaining("last chunk");
  }
}
