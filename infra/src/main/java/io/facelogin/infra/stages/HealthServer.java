package io.facelogin.infra.stages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facelogin.contract.stage.Health;
import io.facelogin.infra.OutsideMissingException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a platform asks a worker, under the same paths as the web stage has them: {@code
 * /actuator/health/liveness}, {@code /actuator/health/readiness}, {@code /actuator/prometheus}.
 */
public final class HealthServer implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final ExecutorService threads;

  private HealthServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * @param port 0 takes any free one
   * @throws OutsideMissingException if the port is taken
   */
  public static HealthServer start(
      String host, int port, Supplier<Health> health, PrometheusMeterRegistry meters) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      throw new OutsideMissingException(
          "Cannot listen on "
              + host
              + " port "
              + port
              + " for health and metrics ("
              + e.getMessage()
              + "). Choose another port with --health-port; 0 takes any free one.",
          e);
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(2, task -> new Thread(task, "health-server"));
    server.setExecutor(threads);
    server.createContext(
        "/actuator/health/liveness",
        exchange -> answer(exchange, health.get(), health.get().isAlive()));
    server.createContext(
        "/actuator/health/readiness",
        exchange -> answer(exchange, health.get(), health.get().isReady()));
    server.createContext(
        "/actuator/prometheus",
        exchange ->
            send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape()));
    server.start();
    return new HealthServer(server, threads);
  }

  private static void answer(HttpExchange exchange, Health health, boolean up) throws IOException {
    send(
        exchange,
        up ? 200 : 503,
        "application/json",
        JSON.writeValueAsString(
            Map.of(
                "status", up ? "UP" : "DOWN",
                "state", health.state().name(),
                "message", health.message())));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
