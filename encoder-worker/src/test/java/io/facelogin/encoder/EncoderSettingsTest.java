package io.facelogin.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class EncoderSettingsTest {

  @Test
  void defaultsStayAsTheyAre() {
    assertThat(EncoderSettings.defaults()).isEqualTo(new EncoderSettings(true, Set.of(), 32));
  }
}
