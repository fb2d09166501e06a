package io.facelogin.web.observe;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.stage.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether broker and database answer, asked in the background every two seconds so that health
 * never waits.
 */
@Component
public class Surroundings implements DisposableBean {

  private static final int KAFKA_TIMEOUT_MS = 2_000;

  private final Admin admin;
  private final JdbcClient jdbc;
  private final String bootstrapServers;
  private volatile boolean brokerAnswers;
  private volatile boolean databaseAnswers;
  private volatile boolean asked;

  Surroundings(KafkaConnection kafka, JdbcClient jdbc) {
    this.admin = Admin.create(kafka.clientConfig());
    this.jdbc = jdbc;
    this.bootstrapServers = kafka.bootstrapServers();
  }

  public boolean brokerAnswers() {
    return brokerAnswers;
  }

  public boolean databaseAnswers() {
    return databaseAnswers;
  }

  /** Health of the whole stage, in words for whoever has to mend it. */
  public Health health() {
    if (!asked) {
      return Health.starting("Asking broker and database");
    }
    List<String> away = new ArrayList<>();
    if (!brokerAnswers) {
      away.add("The broker at " + bootstrapServers + " does not answer.");
    }
    if (!databaseAnswers) {
      away.add("The database does not answer.");
    }
    return away.isEmpty()
        ? Health.ready()
        : Health.troubled(String.join(" ", away) + " Waiting for it.");
  }

  @Scheduled(fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
  void ask() throws InterruptedException {
    brokerAnswers = askBroker();
    databaseAnswers = askDatabase();
    asked = true;
  }

  private boolean askBroker() throws InterruptedException {
    try {
      admin
          .describeCluster(new DescribeClusterOptions().timeoutMs(KAFKA_TIMEOUT_MS))
          .clusterId()
          .get(KAFKA_TIMEOUT_MS + 500L, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private boolean askDatabase() {
    try {
      return jdbc.sql("select 1").query(Integer.class).single() == 1;
    } catch (org.springframework.dao.DataAccessException e) {
      return false;
    }
  }

  @Override
  public void destroy() {
    admin.close(java.time.Duration.ofSeconds(1));
  }
}
