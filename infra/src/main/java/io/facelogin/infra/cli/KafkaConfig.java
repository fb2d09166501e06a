package io.facelogin.infra.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code --kafka-config}: what every Kafka client gets. A secret need not stand in it:
 * {@code ${env:NAME}} is a variable of the environment, {@code ${directory:/run/secrets:kafka}} the
 * content of a file, {@code ${file:/etc/kafka.properties:password}} a line of a file of properties.
 */
final class KafkaConfig {

  static final String DESCRIPTION =
      "properties that every Kafka client gets, for SASL and TLS; a password may be"
          + " $${env:NAME} or $${directory:FOLDER:FILE}";

  private static final String REFERENCE = "${";

  private KafkaConfig() {}

  /**
   * @throws MisuseException if the file, or what it refers to, is not there; never with its content
   */
  static Map<String, String> read(@Nullable Path file) {
    return file == null ? Map.of() : resolved(file, properties(file));
  }

  private static Map<String, String> properties(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new MisuseException("--kafka-config cannot be read: " + e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  private static Map<String, String> resolved(Path file, Map<String, String> written) {
    Map<String, ConfigProvider> providers =
        Map.of(
            "env", new EnvVarConfigProvider(),
            "file", new FileConfigProvider(),
            "directory", new DirectoryConfigProvider());
    providers.values().forEach(provider -> provider.configure(Map.of()));
    Map<String, String> resolved;
    try {
      resolved = new ConfigTransformer(providers).transform(written).data();
    } catch (ConfigException e) {
      throw new MisuseException("--kafka-config " + file + ": " + e.getMessage());
    }
    for (String name : resolved.keySet()) {
      if (written.getOrDefault(name, "").contains(REFERENCE)
          && resolved.getOrDefault(name, "").contains(REFERENCE)) {
        throw new MisuseException(
            "--kafka-config %s: what %s refers to is not there. There are ${env:NAME},"
                    .formatted(file, name)
                + " ${directory:FOLDER:FILE} and ${file:FILE:KEY}.");
      }
    }
    return resolved;
  }
}
