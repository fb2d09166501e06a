package io.facelogin.infra.cli;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.embedded.EmbeddedKafka;
import io.facelogin.infra.site.ServerFile;
import io.facelogin.infra.stages.Broker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose topics a command looks at: those of the site on the data directory, or of a Kafka. */
final class BrokerOptions {

  private static final Duration LIMIT = Duration.ofSeconds(15);

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "brokers of the site (default: those of the site that runs on --data)")
  private @Nullable String kafka;

  @Option(names = "--kafka-config", paramLabel = "FILE", description = KafkaConfig.DESCRIPTION)
  private @Nullable Path kafkaConfig;

  @Mixin private MasterKeyOption masterKey;

  /**
   * With the master keys of the site, where they are known.
   *
   * @throws OutsideMissingException if there is none, or it does not answer
   */
  KafkaConnection connect(Path data, PrintWriter err) throws InterruptedException {
    KafkaConnection plain = connection(data);
    KafkaConnection connection = masterKey.ofSite(data).map(plain::withMasterKeys).orElse(plain);
    Broker.prepare(connection, LIMIT, err::println);
    return connection;
  }

  /** Whether a broker is named, so that none of a data directory is meant. */
  boolean isForeign() {
    return kafka != null;
  }

  MasterKeyOption masterKey() {
    return masterKey;
  }

  private KafkaConnection connection(Path data) {
    if (kafka != null) {
      return new KafkaConnection(kafka, KafkaConfig.read(kafkaConfig));
    }
    if (ServerFile.find(data).isEmpty()) {
      throw new OutsideMissingException(
          "No site runs on the data directory "
              + data.toAbsolutePath().normalize()
              + ". Start it with `face-login up`, or name its broker with --kafka.");
    }
    return EmbeddedKafka.lastAddress(data.resolve("kafka"))
        .orElseThrow(
            () ->
                new OutsideMissingException(
                    "The data directory does not say where its broker listens. Name it with"
                        + " --kafka."));
  }

  /**
   * @throws MisuseException if there is no such topic
   */
  static List<Topic<?>> topics(List<String> names) {
    Map<String, Topic<?>> known =
        Topics.ALL.stream().collect(Collectors.toMap(Topic::name, topic -> topic));
    return names.stream()
        .<Topic<?>>map(
            name -> {
              Topic<?> topic = known.get(name.strip());
              if (topic == null) {
                throw new MisuseException(
                    "There is no topic "
                        + name
                        + ". There are "
                        + String.join(", ", known.keySet()));
              }
              return topic;
            })
        .toList();
  }
}
