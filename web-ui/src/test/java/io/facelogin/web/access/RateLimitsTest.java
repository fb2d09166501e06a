package io.facelogin.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.web.WebSettings;
import io.facelogin.web.access.RateLimits.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private static RateLimits limits(int loginTries) {
    return new RateLimits(
        WebSettings.defaults()
            .withAccess(AccessSettings.defaults().reachedBy(List.of(), loginTries)));
  }

  @Test
  void addressThatHasUsedUpItsTriesWaitsAndOthersDoNot() {
    RateLimits limits = limits(3);
    for (int i = 0; i < 3; i++) {
      assertThat(limits.take(Kind.LOGIN, "10.0.0.1")).isEmpty();
    }
    assertThat(limits.take(Kind.LOGIN, "10.0.0.1")).isPresent();
    assertThat(limits.take(Kind.LOGIN, "10.0.0.2")).isEmpty();
    assertThat(limits.take(Kind.ENROLMENT, "10.0.0.1")).as("another kind").isEmpty();
  }

  @Test
  void manyAddressesTogetherAreBoundedToo() {
    RateLimits limits = limits(3);
    int taken = 0;
    for (int i = 0; i < 1_000; i++) {
      taken += limits.take(Kind.LOGIN, "address-" + i).isEmpty() ? 1 : 0;
    }
    assertThat(taken).isBetween(60, 70);
  }

  @Test
  void memoryIsBoundedHoweverManyKnock() {
    RateLimits limits = limits(3);
    for (int i = 0; i < 5 * RateLimits.MOST_REMEMBERED; i++) {
      limits.take(Kind.WRONG_TOKEN, "address-" + i);
    }
    assertThat(limits.remembered()).isLessThanOrEqualTo(RateLimits.MOST_REMEMBERED);
  }

  @Test
  void addressesOfOneIpv6NetworkAreOneCaller() {
    assertThat(Caller.address("2001:db8::1")).isEqualTo(Caller.address("2001:db8::ffff:2"));
    assertThat(Caller.address("2001:db8::1")).isNotEqualTo(Caller.address("2001:db8:0:1::1"));
    assertThat(Caller.address("192.0.2.1")).isEqualTo("192.0.2.1");
  }

  @Test
  void siteIsCalledByItsNamesAndByAddressesOnly() {
    HostNames names = new HostNames(List.of("Faces.example.org"));
    for (String right :
        List.of("localhost", "LOCALHOST", "127.0.0.1", "[::1]", "10.1.2.3", "faces.example.org")) {
      assertThat(names.isKnown(right)).as(right).isTrue();
    }
    for (String wrong : List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil", "")) {
      assertThat(names.isKnown(wrong)).as(wrong).isFalse();
    }
  }
}
