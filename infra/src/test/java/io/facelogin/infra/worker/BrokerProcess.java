package io.facelogin.infra.worker;

import io.facelogin.infra.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own, so that it can be killed. */
final class BrokerProcess {

  private BrokerProcess() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]));
    System.out.println("broker at " + kafka.connection().bootstrapServers());
    new CountDownLatch(1).await();
  }
}
