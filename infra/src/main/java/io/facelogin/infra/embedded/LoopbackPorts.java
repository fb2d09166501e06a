package io.facelogin.infra.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Free ports on loopback, remembered in a file, so that a server keeps its address over restarts as
 * long as nobody else took it meanwhile.
 */
final class LoopbackPorts {

  private final Path file;

  LoopbackPorts(Path file) {
    this.file = file;
  }

  /** The port used last under this name if it is free, else another one, which is remembered. */
  int choose(String name) throws IOException {
    Properties remembered = remembered();
    int last = port(remembered, name);
    int port = last != 0 && isFree(last) ? last : anyFree();
    if (port != last) {
      remembered.setProperty(name, Integer.toString(port));
      try (Writer writer = Files.newBufferedWriter(file)) {
        remembered.store(writer, "Ports of the last start; delete this file to have others chosen");
      }
    }
    return port;
  }

  /** The port used last under this name; 0 if there was none. */
  int last(String name) throws IOException {
    return port(remembered(), name);
  }

  private Properties remembered() throws IOException {
    Properties remembered = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        remembered.load(reader);
      }
    }
    return remembered;
  }

  private static int port(Properties remembered, String name) {
    return Integer.parseInt(remembered.getProperty(name, "0"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: connections of the last run that linger are no reason to move.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int anyFree() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
