package io.facelogin.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CameraAddressTest {

  @Test
  void theKindOfCameraIsReadFromItsAddress() throws Exception {
    assertThat(CameraAddress.parse(" RTSP://cam/1 "))
        .isEqualTo(new CameraAddress.Stream("RTSP://cam/1"));
    assertThat(CameraAddress.parse("https://cam/1.mjpg")).isInstanceOf(CameraAddress.Stream.class);
    assertThat(CameraAddress.parse("/dev/video2"))
        .isEqualTo(new CameraAddress.Device(Path.of("/dev/video2")));
    assertThat(CameraAddress.parse("file:///srv/a.mp4"))
        .isEqualTo(new CameraAddress.FileOrFolder(Path.of("/srv/a.mp4")));
    assertThat(CameraAddress.parse("clips/a b.mp4"))
        .isEqualTo(new CameraAddress.FileOrFolder(Path.of("clips/a b.mp4")));
  }

  @Test
  void anUnsupportedSchemeIsNamedWithoutThePassword() {
    assertThatThrownBy(() -> CameraAddress.parse("gopher://admin:s3cret@cam/1"))
        .isInstanceOf(CameraUnavailableException.class)
        .hasMessageContaining("gopher://")
        .hasMessageContaining("rtsp://")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void anAddressWithoutHostOrWithABlankIsRefused() {
    assertThatThrownBy(() -> CameraAddress.parse("rtsp://"))
        .isInstanceOf(CameraUnavailableException.class);
    assertThatThrownBy(() -> CameraAddress.parse("http://cam/a b"))
        .isInstanceOf(CameraUnavailableException.class);
    assertThatThrownBy(() -> CameraAddress.parse(" "))
        .isInstanceOf(CameraUnavailableException.class);
  }

  @Test
  void noTextOfAStreamShowsItsPassword() throws Exception {
    assertThat(CameraAddress.parse("rtsp://admin:s3cret@cam/1").toString())
        .isEqualTo("rtsp://admin:***@cam/1");
  }
}
