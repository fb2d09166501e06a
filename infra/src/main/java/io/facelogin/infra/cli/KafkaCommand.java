package io.facelogin.infra.cli;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.rights.AccessList;
import io.facelogin.infra.stages.Broker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prepares a Kafka of one's own for the workers. */
@Command(
    name = "kafka",
    description = "Prepare a Kafka cluster of your own for the workers.",
    subcommands = KafkaCommand.Acls.class,
    footer = {"", "Example: face-login kafka acls --kafka kafka:9093"})
final class KafkaCommand {

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  /** What each stage may do. */
  @Command(
      name = "acls",
      description = "Print the access rules of each stage's user, or make them.",
      footer = {
        "",
        "Example: face-login kafka acls --kafka kafka:9093 --kafka-config admin.properties --apply",
        "makes all topics, and the rules for the users capture, detector, encoder, matcher, web and",
        "operator; the users themselves are the cluster's own matter. infra/README.md has an example."
      })
  static final class Acls implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Spec private CommandSpec spec;

    @SuppressWarnings("UnusedVariable") // it brings --help and the like
    @Mixin
    private GlobalOptions global;

    @Option(
        names = "--kafka",
        required = true,
        paramLabel = "HOST:PORT",
        description = "brokers to begin with, comma separated")
    private String kafka;

    @Option(names = "--kafka-config", paramLabel = "FILE", description = KafkaConfig.DESCRIPTION)
    private @Nullable Path kafkaConfig;

    @Option(
        names = "--user-prefix",
        paramLabel = "TEXT",
        defaultValue = "",
        description =
            "what the users' names begin with, before the stage's word (default: nothing)")
    private String userPrefix;

    @Option(
        names = "--apply",
        description = "make the topics and the rules, as the user of --kafka-config")
    private boolean apply;

    @Override
    public Integer call() throws InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      AccessList list = AccessList.packaged();
      if (!apply) {
        list.commands(kafka, userPrefix).forEach(out::println);
        return ExitCode.DONE;
      }
      KafkaConnection connection = new KafkaConnection(kafka, KafkaConfig.read(kafkaConfig));
      Broker.prepare(connection, LIMIT, spec.commandLine().getErr()::println);
      try (Admin admin = Admin.create(connection.clientConfig())) {
        out.println("All topics and " + list.apply(admin, userPrefix) + " access rules are there");
        return ExitCode.DONE;
      } catch (ExecutionException e) {
        throw new OutsideMissingException(
            "Kafka at " + kafka + " does not take the access rules: " + e.getCause(), e);
      }
    }
  }
}
