package io.facelogin.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedAddressTest {

  @ParameterizedTest
  @CsvSource({
    "rtsp://admin:s3cret@10.0.0.7:554/ch1, rtsp://admin:***@10.0.0.7:554/ch1",
    "rtsp://admin:p@ss@10.0.0.7/ch1, rtsp://admin:***@10.0.0.7/ch1",
    "rtsp://admin:p/ss#1@10.0.0.7/ch1, rtsp://admin:***@10.0.0.7/ch1",
    "admin:s3cret@10.0.0.7/ch1, admin:***@10.0.0.7/ch1",
    "http://s3cret@cam.example/x.mjpg, http://***@cam.example/x.mjpg",
    "http://cam.example/x?user=a&password=s3cret&size=2, http://cam.example/x?user=a&password=***&size=2",
    "http://cam.example/x?access_token=s3cret, http://cam.example/x?access_token=***",
  })
  void secretsAreNeverShown(String address, String shown) {
    assertThat(MaskedAddress.of(address).text()).isEqualTo(shown).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://10.0.0.7:554/ch@1",
    "http://[fe80::1]:8080/live",
    "/dev/video0",
    "/srv/clips/monday@noon.mp4",
    "clips/entrance.mp4",
  })
  void whatHoldsNoSecretStaysReadable(String address) {
    assertThat(MaskedAddress.of(address).text()).isEqualTo(address);
  }
}
