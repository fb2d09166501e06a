package io.facelogin.infra.cli;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.infra.Logs;
import io.facelogin.infra.worker.StageName;
import io.facelogin.infra.worker.Worker;
import io.facelogin.infra.worker.WorkerSettings;
import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.WebSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one stage of the pipeline as a process of its own. */
@Command(
    name = "worker",
    description = "Run one stage on a Kafka cluster and PostgreSQL of your own.",
    footer = {
      "",
      "Example: face-login worker detector --kafka kafka:9092",
      "Any number of each may run; those of one kind share the cameras."
    })
final class WorkerCommand implements Runnable {

  private static final String DATABASE_PASSWORD = "FACE_LOGIN_DATABASE_PASSWORD";

  @Spec private CommandSpec spec;

  @Mixin private PipelineOptions pipeline;

  @Mixin private TransportOptions transport;

  @Mixin private AccessOptions access;

  @Mixin private RetentionOptions retention;

  @Parameters(paramLabel = "STAGE", description = "capture, detector, encoder, matcher or web")
  private StageName stage;

  @Option(
      names = "--kafka",
      required = true,
      paramLabel = "HOST:PORT",
      description = "brokers to begin with, comma separated")
  private String kafka;

  @Option(names = "--kafka-config", paramLabel = "FILE", description = KafkaConfig.DESCRIPTION)
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--kafka-wait",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description =
          "how long to wait for a broker that does not answer (default: ${DEFAULT-VALUE})")
  private int kafkaWaitSeconds;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description =
          "jdbc:postgresql://HOST:PORT/NAME, with ?sslmode=verify-full&sslrootcert=FILE over TLS;"
              + " the web stage only")
  private @Nullable String database;

  @Option(
      names = "--database-user",
      paramLabel = "USER",
      defaultValue = "postgres",
      description = "(default: ${DEFAULT-VALUE})")
  private String databaseUser;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description =
          "file that holds the password, and nothing else"
              + " (else the variable FACE_LOGIN_DATABASE_PASSWORD)")
  private @Nullable Path databasePasswordFile;

  @Mixin private MasterKeyOption masterKey;

  @Mixin private GlobalOptions global;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "address to serve pages, health and metrics at (default: ${DEFAULT-VALUE})")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "port of the pages; the web stage only (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "port of health and metrics of the other stages, 0 takes any free one"
              + " (default: ${DEFAULT-VALUE})")
  private int healthPort;

  @Override
  public void run() {
    Logs.toConsole();
    PrintWriter out = spec.commandLine().getOut();
    out.println(SettingsInEffect.line(spec));
    WorkerSettings settings = settings();
    if (stage == StageName.WEB) {
      transport.warning(host, settings.web().transport()).ifPresent(out::println);
    }
    Worker worker =
        new Worker(
            settings,
            line -> {
              out.println(line);
              out.flush();
            });
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
    try {
      worker.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private WorkerSettings settings() {
    return new WorkerSettings(
        stage,
        new KafkaConnection(kafka, KafkaConfig.read(kafkaConfig))
            .withMasterKeys(masterKey.required(global.data())),
        Optional.ofNullable(database).map(this::connection),
        global.data(),
        pipeline.settings(),
        WebSettings.defaults()
            .withAddress(host)
            .withPort(port)
            .withTransport(transport.transport(global.data()))
            .withTokens(transport.tokens(global.data()))
            .withAccess(access.settings())
            .withOpenEnrolment(access.isEnrolmentOpen())
            .withRetention(retention.settings())
            .withOptions(SettingsInEffect.map(spec)),
        host,
        healthPort,
        Duration.ofSeconds(kafkaWaitSeconds));
  }

  private DatabaseConnection connection(String jdbcUrl) {
    try {
      // Neither is seen by other users of the machine, as an argument would be.
      String password =
          databasePasswordFile == null
              ? Objects.requireNonNullElse(System.getenv(DATABASE_PASSWORD), "")
              : Files.readString(databasePasswordFile).strip();
      return new DatabaseConnection(jdbcUrl, databaseUser, password);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--database-password-file cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--database: " + e.getMessage());
    }
  }
}
