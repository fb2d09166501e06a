package io.facelogin.infra.chaos;

import io.facelogin.contract.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** One broker, or a cluster of several, each in a process of its own. */
final class Brokers implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("broker at (\\S+)");

  private final Path folder;
  private final List<@Nullable JavaProcess> processes = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final List<Integer> controllerPorts = new ArrayList<>();
  private final String clusterId = Uuid.randomUuid().toString();
  private int starts;
  private String alone = "";

  Brokers(Path folder, int number) throws IOException {
    this.folder = folder;
    for (int i = 0; i < number; i++) {
      processes.add(null);
      ports.add(RehearsalSite.freePort());
      controllerPorts.add(RehearsalSite.freePort());
    }
  }

  /** Returns when all answer. */
  void start() throws Exception {
    Files.createDirectories(folder);
    for (int i = 0; i < processes.size(); i++) {
      launch(i);
    }
    for (int i = 0; i < processes.size(); i++) {
      awaitStarted(i);
    }
  }

  /** Starts one that is down, and returns when it answers. */
  void start(int index) throws Exception {
    launch(index);
    awaitStarted(index);
  }

  private void launch(int index) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(folder.resolve("broker-" + (index + 1)).toString());
    if (processes.size() > 1) {
      arguments.add(Integer.toString(index + 1));
      arguments.add(Integer.toString(ports.get(index)));
      arguments.add(clusterId);
      controllerPorts.forEach(port -> arguments.add(Integer.toString(port)));
    }
    Path output = folder.resolveSibling("broker-" + (index + 1) + "-" + starts++ + ".log");
    processes.set(index, JavaProcess.start(output, BrokerProcess.class, arguments));
  }

  private void awaitStarted(int index) throws InterruptedException {
    String address = process(index).awaitLine(STARTED, RehearsalSite.START);
    if (processes.size() == 1) {
      alone = address;
    }
  }

  JavaProcess process(int index) {
    JavaProcess process = processes.get(index);
    if (process == null) {
      throw new IllegalStateException("Broker " + (index + 1) + " was not started");
    }
    return process;
  }

  KafkaConnection connection() {
    return KafkaConnection.to(
        processes.size() == 1
            ? alone
            : String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList()));
  }

  @Override
  public void close() {
    for (JavaProcess process : processes) {
      if (process != null) {
        process.kill();
      }
    }
  }
}
