package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.facelogin.infra.worker.StageName;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * There is no engine to run the compose file here: it is held against what can be known without.
 */
class ComposeFileTest {

  @Test
  void hasOneServiceForEachStageWithOptionsThatTheCommandKnows() throws Exception {
    List<String> stages = new ArrayList<>();
    for (Object service : map(compose().get("services")).values()) {
      if (map(service).get("command") instanceof List<?> words) {
        String[] arguments = words.stream().map(String::valueOf).toArray(String[]::new);
        assertThatCode(() -> Commands.commandLine(arguments).parseArgs(arguments))
            .as(String.join(" ", arguments))
            .doesNotThrowAnyException();
        stages.add(arguments[1]);
      }
    }
    assertThat(stages)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(StageName.values()).map(StageName::toString).toList());
  }

  @Test
  void namesOnlyVolumesAndSecretsThatItDeclares() throws Exception {
    Map<?, ?> compose = compose();
    for (Object service : map(compose.get("services")).values()) {
      if (map(service).get("volumes") instanceof List<?> volumes) {
        volumes.forEach(
            volume ->
                assertThat(map(compose.get("volumes")).containsKey(volume.toString().split(":")[0]))
                    .as(volume.toString())
                    .isTrue());
      }
      if (map(service).get("secrets") instanceof List<?> secrets) {
        secrets.forEach(
            secret ->
                assertThat(map(compose.get("secrets")).containsKey(secret))
                    .as(secret.toString())
                    .isTrue());
      }
    }
  }

  private static Map<?, ?> compose() throws Exception {
    try (Reader reader = Files.newBufferedReader(Path.of("compose.yaml"))) {
      return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }
}
