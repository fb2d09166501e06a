package io.facelogin.infra.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.stage.Health;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.SiteClient;
import io.facelogin.infra.TestFaces;
import io.facelogin.infra.TestFaces.Person;
import io.facelogin.infra.chaos.JavaProcess;
import io.facelogin.infra.cli.FaceLogin;
import io.facelogin.infra.cli.Run;
import io.facelogin.infra.embedded.EmbeddedDatabase;
import io.facelogin.infra.rights.AccessList;
import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.WebSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The workers on a Kafka with TLS, passwords and access rules: each as its own user. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaIT {

  private static final Duration SOON = Duration.ofMinutes(2);

  private Path folder;
  private SecuredBroker broker;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    broker = new SecuredBroker(folder.resolve("kafka"));
    broker.addUsers(AccessList.packaged().stages());
    Run made =
        Run.of(
            "kafka",
            "acls",
            "--kafka",
            broker.address(),
            "--kafka-config",
            broker
                .config(SecuredBroker.ADMIN, SecuredBroker.password(SecuredBroker.ADMIN))
                .toString(),
            "--apply");
    assertThat(made.exitCode()).as(made.err()).isZero();
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @Test
  void everyStageWithNoMoreThanItsOwnRightsMakesAWholeSite() throws Exception {
    List<Worker> workers = new ArrayList<>();
    List<Throwable> ended = new CopyOnWriteArrayList<>();
    List<String> said = new CopyOnWriteArrayList<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"))) {
      for (StageName stage : StageName.values()) {
        Worker worker =
            new Worker(settings(stage, broker.connection(stage.toString()), database), said::add);
        workers.add(worker);
        new Thread(
                () -> {
                  try {
                    worker.run();
                  } catch (Exception e) {
                    ended.add(e);
                  }
                })
            .start();
      }
      await("all are ready")
          .atMost(SOON)
          .until(
              () ->
                  !ended.isEmpty()
                      || workers.stream().allMatch(worker -> worker.health().isReady()));
      assertThat(ended).isEmpty();
      SiteClient client = client(said);
      Path clip = TestFaces.clip(Person.ADA, 0, 4, folder.resolve("ada.mp4"));
      client.postJson(
          "/api/v1/cameras", Map.of("id", "a", "name", "a", "address", clip.toString()));
      await("decisions come")
          .atMost(SOON)
          .until(() -> !ended.isEmpty() || !client.decisions().get("decisions").isEmpty());
      assertThat(client.enrol("Ada", TestFaces.photograph(Person.ADA, 0)).get("templates").asInt())
          .isEqualTo(1);
      assertThat(ended).isEmpty();
    } finally {
      workers.forEach(Worker::close);
    }
  }

  private static SiteClient client(List<String> said) {
    Pattern link = Pattern.compile("(http://[^/]+)/admin\\?token=(\\S+)");
    Matcher found = link.matcher(String.join("\n", said));
    assertThat(found.find()).isTrue();
    return new SiteClient(URI.create(found.group(1)), found.group(2));
  }

  @Test
  void aWorkerWithTheRightsOfAnotherSaysWhichOfItsOwnAreMissing() {
    String message = refused(StageName.DETECTOR, broker.connection("matcher"));
    assertThat(message)
        .contains("detector", "READ topic frames", "WRITE topic faces", "WRITE topic frames.dlq")
        .contains("READ group face-login-detector")
        .contains("face-login kafka acls");
  }

  @Test
  void aWrongPasswordIsNoReasonToWait() {
    KafkaConnection wrong = broker.connection("detector", "guessed", broker.trusted());
    assertThat(refused(StageName.DETECTOR, wrong))
        .contains("refuses the user or the password", "sasl.jaas.config")
        .doesNotContain("guessed");
  }

  @Test
  void aBrokerWhoseCertificateIsNotTrustedGetsNoPassword() throws Exception {
    broker.certificate("stranger", "SAN=IP:127.0.0.1");
    KafkaConnection wrong =
        broker.connection(
            "detector", SecuredBroker.password("detector"), folder.resolve("kafka/stranger.pem"));
    assertThat(refused(StageName.DETECTOR, wrong))
        .contains("certificate", "not trusted", "ssl.truststore.location");
  }

  @Test
  void thePasswordStandsInNoLineAndNoProcessList() throws Exception {
    String password = SecuredBroker.password("matcher");
    Path config = broker.config("matcher", "${env:KAFKA_PASSWORD}");
    Path log = folder.resolve("refused.log");
    List<String> arguments =
        List.of(
            "worker",
            "detector",
            "--data",
            folder.resolve("refused").toString(),
            "--kafka",
            broker.address(),
            "--kafka-config",
            config.toString(),
            "--master-key-file",
            masterKeyFile());
    try (JavaProcess worker =
        JavaProcess.start(log, FaceLogin.class, arguments, Map.of("KAFKA_PASSWORD", password))) {
      String commandLine =
          Files.readString(Path.of("/proc", Long.toString(worker.pid()), "cmdline"));
      assertThat(commandLine).contains("worker").doesNotContain(password);
      assertThat(worker.exitCode(SOON)).isEqualTo(3);
      assertThat(worker.output())
          .contains("Settings:", "Missing: READ topic frames")
          .doesNotContain(password, "\tat ");
      assertThat(worker.output().lines().filter(line -> line.contains("Missing:"))).hasSize(1);
    }
  }

  @Test
  void aWorkerWithoutAMasterKeySaysWhatAllNeedAndEndsWithCode3() {
    Run alone =
        Run.of(
            "worker",
            "detector",
            "--kafka",
            broker.address(),
            "--data",
            folder.resolve("keyless").toString());
    assertThat(alone.exitCode()).isEqualTo(3);
    assertThat(alone.err()).contains("No master key", "--master-key-file").doesNotContain("\tat ");
  }

  @Test
  void aWorkerWithoutABrokerSaysSoAndEndsWithCode3() {
    Run alone =
        Run.of(
            "worker",
            "detector",
            "--kafka",
            "127.0.0.1:1",
            "--kafka-wait",
            "1",
            "--data",
            folder.resolve("alone").toString(),
            "--master-key-file",
            masterKeyFile());
    assertThat(alone.exitCode()).isEqualTo(3);
    assertThat(alone.err()).contains("No answer from Kafka at 127.0.0.1:1").doesNotContain("\tat ");
  }

  @Test
  void aPasswordThatIsNotThereIsSaid() throws Exception {
    Run run =
        Run.of(
            "worker",
            "detector",
            "--kafka",
            broker.address(),
            "--kafka-config",
            broker.config("encoder", "${env:NO_SUCH_PASSWORD}").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("sasl.jaas.config", "${env:NAME}");
  }

  @Test
  void theConnectionDoesNotShowItsPassword() {
    assertThat(broker.connection("web")).asString().doesNotContain("secret").contains("secured");
  }

  private String masterKeyFile() {
    Path file = folder.resolve("master.key");
    MasterKeys.readOrMake(file);
    return file.toString();
  }

  private String refused(StageName stage, KafkaConnection kafka) {
    try (Worker worker = new Worker(settings(stage, kafka, null), line -> {})) {
      OutsideMissingException refused =
          catchThrowableOfType(OutsideMissingException.class, worker::run);
      assertThat(refused.getMessage()).doesNotContain("\n");
      assertThat(worker.health().state()).isEqualTo(Health.State.FAILED);
      assertThat(worker.health().message()).isEqualTo(refused.getMessage());
      return String.valueOf(refused.getMessage());
    }
  }

  private WorkerSettings settings(
      StageName stage,
      KafkaConnection kafka,
      @org.jspecify.annotations.Nullable EmbeddedDatabase database) {
    return new WorkerSettings(
        stage,
        kafka,
        Optional.ofNullable(database)
            .map(one -> new DatabaseConnection(one.jdbcUrl(), one.user(), one.password())),
        folder.resolve("data-" + stage),
        PipelineSettings.defaults(),
        WebSettings.defaults().withPort(0),
        "127.0.0.1",
        0,
        Duration.ofSeconds(20));
  }
}
