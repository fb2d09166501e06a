package io.facelogin.capture.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MailboxTest {

  @Test
  void aNewerItemTakesThePlaceOfTheOneThatWaits() {
    Mailbox<String> mailbox = new Mailbox<>(1);

    assertThat(mailbox.put("old")).isNull();
    assertThat(mailbox.put("new")).isEqualTo("old");
    assertThat(mailbox.take()).isEqualTo("new");
  }

  @Test
  void nothingLeavesWhileEnoughIsUnderWay() {
    Mailbox<String> mailbox = new Mailbox<>(1);
    mailbox.put("first");
    mailbox.take();
    mailbox.put("second");

    assertThat(mailbox.take()).isNull();
    mailbox.answered();
    assertThat(mailbox.take()).isEqualTo("second");
    assertThat(mailbox.take()).isNull();
  }

  @Test
  void anAnswerToNothingIsAFaultOfOurs() {
    assertThatThrownBy(() -> new Mailbox<String>(1).answered())
        .isInstanceOf(IllegalStateException.class);
  }
}
