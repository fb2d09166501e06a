package io.facelogin.capture.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void pausesDoubleUpToTheBoundAndStartAgainAfterASuccess() {
    RandomGenerator longestJitter =
        new Random() {
          @Override
          public long nextLong(long bound) {
            return bound - 1;
          }
        };
    Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1), longestJitter);

    assertThat(backoff.next()).hasMillis(200);
    assertThat(backoff.next()).hasMillis(400);
    assertThat(backoff.next()).hasMillis(800);
    assertThat(backoff.next()).hasMillis(1000);
    assertThat(backoff.next()).hasMillis(1000);
    backoff.reset();
    assertThat(backoff.next()).hasMillis(200);
  }

  @Test
  void twoCamerasDoNotComeBackAtTheSameInstant() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random(1));

    List<Long> pauses = Stream.generate(() -> backoff.next().toMillis()).limit(50).toList();

    assertThat(pauses).allMatch(pause -> pause >= 500 && pause <= 1000);
    assertThat(Set.copyOf(pauses)).hasSizeGreaterThan(30);
  }
}
