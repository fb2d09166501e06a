package io.facelogin.infra.embedded;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.infra.OutsideMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * A Kafka broker and its controller in this process, on disk and on loopback only.
 *
 * <p>It has no shutdown hook of its own: the owner closes it, after everything that uses it. Killed
 * without that, it recovers at the next start, which then takes some seconds longer. Topics are
 * never created by accident; use {@code TopicSetup}.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final String BROKER = "broker";
  private static final int START_ATTEMPTS = 3;

  private final KafkaNode node;
  private final int port;

  private EmbeddedKafka(KafkaNode node, int port) {
    this.node = node;
    this.port = port;
  }

  /**
   * Starts the broker and returns when it answers.
   *
   * @param directory holds all of it; created at the first start, reused afterwards
   * @throws OutsideMissingException if the folder cannot be used or another broker runs on it
   */
  public static EmbeddedKafka start(Path directory) {
    Path log = directory.toAbsolutePath().normalize().resolve("log");
    try {
      Files.createDirectories(log);
      LoopbackPorts ports = ports(directory);
      for (int attempt = 1; ; attempt++) {
        int port = ports.choose(BROKER);
        int controllerPort = ports.choose("controller");
        try {
          return new EmbeddedKafka(
              KafkaNode.start(NodeSettings.alone(log, port, controllerPort)), port);
        } catch (KafkaException e) {
          // Somebody may have taken a port between our look and the broker's.
          if (attempt == START_ATTEMPTS || !String.valueOf(e.getMessage()).contains("bind")) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new OutsideMissingException(
          "Cannot write to "
              + directory
              + " for the embedded Kafka broker ("
              + e
              + ")."
              + " Give this user write permission there, or choose another folder with --data.",
          e);
    } catch (KafkaException e) {
      throw new OutsideMissingException(
          "The embedded Kafka broker cannot start in " + directory + ": " + e.getMessage(), e);
    } catch (Exception e) {
      throw new OutsideMissingException(
          "The embedded Kafka broker cannot start in " + directory + ": " + e, e);
    }
  }

  /** Where the broker of this folder listens, or listened when it last ran. */
  public static Optional<KafkaConnection> lastAddress(Path directory) {
    try {
      int port = ports(directory).last(BROKER);
      return port == 0
          ? Optional.empty()
          : Optional.of(KafkaConnection.to(NodeSettings.HOST + ":" + port));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static LoopbackPorts ports(Path directory) {
    return new LoopbackPorts(directory.toAbsolutePath().normalize().resolve("ports.properties"));
  }

  public int port() {
    return port;
  }

  public KafkaConnection connection() {
    return KafkaConnection.to(NodeSettings.HOST + ":" + port);
  }

  /** Stops cleanly within about a second. Idempotent. */
  @Override
  public void close() {
    node.close();
  }
}
