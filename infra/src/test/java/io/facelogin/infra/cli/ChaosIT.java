package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facelogin.infra.chaos.Outcome;
import io.facelogin.infra.chaos.Rehearsal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the fault table: the pipeline as processes of its own, to which faults happen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosIT {

  private Rehearsal rehearsal;

  @BeforeAll
  void start(@TempDir Path folder) {
    rehearsal = new Rehearsal(folder, Optional.empty(), FaceLogin.class, System.out::println);
  }

  @AfterAll
  void stop() {
    rehearsal.close();
  }

  static Set<String> scenarios() {
    return Rehearsal.scenarios().keySet();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void nothingIsLostAndNobodyIsLetInBy(String scenario) throws InterruptedException {
    Outcome outcome = rehearsal.run(scenario);
    assumeTrue(outcome.skipped().isEmpty(), outcome.skipped());
    assertThat(outcome.broken()).as(outcome.row()).isEmpty();
  }

  @Test
  void theCommandListsItsScenariosAndRefusesOthers() {
    assertThat(Run.of("chaos", "--list").out()).contains("broker-killed", "disk-full-matcher");
    Run unknown = Run.of("chaos", "--only", "earthquake");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("earthquake", "broker-killed");
  }
}
