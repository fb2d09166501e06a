package io.facelogin.infra.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisedStageTest {

  private final List<FakeStage> made = new ArrayList<>();
  private long nanos;
  private final SupervisedStage supervised =
      new SupervisedStage("matcher", this::make, () -> nanos);

  @Test
  void aStageThatFailedIsClosedAndMadeAnewAfterAPause() {
    supervised.start();
    made.get(0).health = Health.failed("disk full");
    supervised.tend();
    assertThat(made).hasSize(1);

    after(Duration.ofMillis(1_500));
    supervised.tend();
    assertThat(made).hasSize(2);
    assertThat(made.get(0).closed).isTrue();
    assertThat(supervised.health().isReady()).isTrue();
  }

  @Test
  void aStageInTroubleIsLeftAlone() {
    supervised.start();
    made.get(0).health = Health.troubled("broker away");
    after(Duration.ofMinutes(5));
    supervised.tend();
    assertThat(made).hasSize(1);
  }

  @Test
  void pausesGrowWhileItKeepsFailing() {
    supervised.start();
    made.get(0).health = Health.failed("disk full");
    after(Duration.ofMillis(1_100));
    supervised.tend();
    made.get(1).health = Health.failed("disk full");
    after(Duration.ofMillis(1_100));
    supervised.tend();
    assertThat(made).hasSize(2);
    after(Duration.ofSeconds(1));
    supervised.tend();
    assertThat(made).hasSize(3);
  }

  @Test
  void nothingIsMadeAfterTheSiteClosed() {
    supervised.start();
    made.get(0).health = Health.failed("disk full");
    supervised.close();
    after(Duration.ofMinutes(1));
    supervised.tend();
    assertThat(made).hasSize(1);
  }

  private void after(Duration time) {
    nanos += time.toNanos();
  }

  private Stage make() {
    FakeStage stage = new FakeStage();
    made.add(stage);
    return stage;
  }

  private static final class FakeStage implements Stage {
    private Health health = Health.starting("");
    private boolean closed;

    @Override
    public String name() {
      return "matcher";
    }

    @Override
    public void start() {
      health = Health.ready();
    }

    @Override
    public Health health() {
      return health;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
