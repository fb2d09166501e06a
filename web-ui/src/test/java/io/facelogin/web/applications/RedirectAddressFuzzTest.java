package io.facelogin.web.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.foreign.ForeignBytes;
import io.facelogin.web.problem.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An address that browsers are sent back to is safe and unambiguous, or it is refused. */
class RedirectAddressFuzzTest {

  @Property(tries = 2000, seed = "1")
  void whatIsTakenLeadsToOneHostAndNobodyCanListen(@ForAll("addresses") byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> taken;
    try {
      taken = Objects.requireNonNull(registered(text).checked().redirectUris());
    } catch (Problem e) {
      return;
    }
    assertThat(taken).hasSize(1);
    URI address = URI.create(taken.get(0));
    assertThat(taken.get(0)).isEqualTo(text.strip()).matches("[\\x21-\\x7e]+");
    assertThat(address.getHost()).isNotEmpty();
    assertThat(address.getScheme())
        .isIn(
            "https",
            List.of("localhost", "127.0.0.1", "[::1]").contains(address.getHost())
                ? "http"
                : "https");
    assertThat(address.getRawUserInfo()).isNull();
    assertThat(address.getRawFragment()).isNull();
  }

  private static NewApplication registered(String address) {
    return new NewApplication("name", null, List.of(address), null, null, null, null, null);
  }

  @Provide
  Arbitrary<byte[]> addresses() {
    return ForeignBytes.damaged(
        List.of(
            bytes("https://times.example.org/login/oauth2/code/face-login"),
            bytes("http://localhost:8081/cb?a=b"),
            bytes("http://[::1]/x"),
            bytes("javascript:alert(1)//https://x"),
            bytes("https://user@times.example.org/#f")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
