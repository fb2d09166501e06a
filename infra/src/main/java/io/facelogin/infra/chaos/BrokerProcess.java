package io.facelogin.infra.chaos;

import io.facelogin.infra.embedded.EmbeddedKafka;
import io.facelogin.infra.embedded.KafkaNode;
import io.facelogin.infra.embedded.NodeSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A broker in a process of its own, so that it can be killed: {@code FOLDER}, or one of several:
 * {@code FOLDER NUMBER PORT CLUSTER-ID CONTROLLER-PORT...}.
 */
public final class BrokerProcess {

  private BrokerProcess() {}

  public static void main(String[] args) throws Exception {
    AutoCloseable broker;
    String address;
    if (args.length == 1) {
      EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]));
      broker = kafka;
      address = kafka.connection().bootstrapServers();
    } else {
      List<Integer> controllers = Arrays.stream(args).skip(4).map(Integer::valueOf).toList();
      broker =
          KafkaNode.start(
              new NodeSettings(
                  Path.of(args[0]),
                  Integer.parseInt(args[1]),
                  Integer.parseInt(args[2]),
                  controllers,
                  args[3],
                  Map.of(),
                  List.of()));
      address = "127.0.0.1:" + args[2];
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(broker)));
    System.out.println("broker at " + address);
    new CountDownLatch(1).await();
  }

  private static void close(AutoCloseable broker) {
    try {
      broker.close();
    } catch (Exception e) {
      System.err.println("The broker does not stop cleanly: " + e);
    }
  }
}
