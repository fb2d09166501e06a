package io.facelogin.infra.worker;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.embedded.KafkaNode;
import io.facelogin.infra.embedded.NodeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker as a careful operator runs one: TLS with a certificate made here, SASL/SCRAM, and access
 * rules under which nobody may do anything that no rule allows.
 */
final class SecuredBroker implements AutoCloseable {

  static final String ADMIN = "admin";
  private static final String KEY_PASSWORD = "key-of-the-test";

  private final MasterKeys masterKeys = MasterKeys.passing();
  private final Path folder;
  private final KafkaNode node;
  private final int port;

  SecuredBroker(Path folder) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder);
    port = freePort();
    Path keys = certificate("broker", "SAN=IP:127.0.0.1");
    Map<String, String> more = new HashMap<>();
    more.put("listeners", "SASL_SSL://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + freePort());
    more.put("advertised.listeners", "SASL_SSL://127.0.0.1:" + port);
    more.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL");
    more.put("inter.broker.listener.name", "SASL_SSL");
    more.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    more.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    more.put(
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", login(ADMIN, password(ADMIN)));
    more.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The controller's listener, on loopback here, knows no users.
    more.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    more.put("ssl.keystore.location", keys.toString());
    more.put("ssl.keystore.password", KEY_PASSWORD);
    more.put("ssl.truststore.type", "PEM");
    more.put("ssl.truststore.location", trusted().toString());
    int controllerPort = Integer.parseInt(more.get("listeners").replaceFirst(".*:", ""));
    node =
        KafkaNode.start(
            NodeSettings.alone(folder.resolve("log"), port, controllerPort)
                .with(
                    more,
                    List.of(
                        "SCRAM-SHA-512=[name=" + ADMIN + ",password=" + password(ADMIN) + "]")));
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** What the broker's certificate can be checked with. */
  Path trusted() {
    return folder.resolve("broker.pem");
  }

  /** As {@code kafka-configs.sh --add-config SCRAM-SHA-512=...} does it. */
  void addUsers(List<String> names) throws Exception {
    List<UserScramCredentialAlteration> users = new ArrayList<>();
    for (String name : names) {
      users.add(
          new UserScramCredentialUpsertion(
              name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password(name)));
    }
    try (Admin admin = Admin.create(connection(ADMIN).clientConfig())) {
      admin.alterUserScramCredentials(users).all().get();
    }
  }

  KafkaConnection connection(String user) {
    return connection(user, password(user), trusted());
  }

  KafkaConnection connection(String user, String password, Path trusted) {
    return new KafkaConnection(address(), settings(user, password, trusted))
        .withMasterKeys(masterKeys);
  }

  /** The file of {@code --kafka-config}. */
  Path config(String user, String writtenPassword) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings(user, writtenPassword, trusted()));
    Path file = folder.resolve(user + ".properties");
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  static String password(String user) {
    return "secret-of-" + user;
  }

  private static Map<String, String> settings(String user, String password, Path trusted) {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        login(user, password),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        trusted.toString());
  }

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\";";
  }

  /** Makes a key with a certificate, and NAME.pem to check it with. */
  Path certificate(String name, String extension) throws Exception {
    Path keys = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + name,
        "-ext",
        extension,
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        keys.toString(),
        "-storepass",
        KEY_PASSWORD);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-keystore",
        keys.toString(),
        "-storepass",
        KEY_PASSWORD,
        "-file",
        folder.resolve(name + ".pem").toString());
    return keys;
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + said);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
