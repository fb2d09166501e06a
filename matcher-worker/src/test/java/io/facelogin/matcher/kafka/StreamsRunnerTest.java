package io.facelogin.matcher.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.matcher.MatcherSettings;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsRunnerTest {

  private final StreamsConfig config =
      new StreamsConfig(
          StreamsRunner.properties(MatcherSettings.defaults(), KafkaConnection.to("nowhere:1")));

  @Test
  void enrolmentsAndErasuresDoNotWaitBehindManyEmbeddings() {
    Map<String, Object> main = config.getMainConsumerConfigs("matcher", "client", 0);
    assertThat((Integer) main.get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG)).isLessThanOrEqualTo(32);
    assertThat((Integer) main.get(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG))
        .isLessThanOrEqualTo(32 << 10);
  }

  @Test
  void storesAreRestoredInLargePieces() {
    assertThat(config.getRestoreConsumerConfigs("client"))
        .containsEntry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
  }
}
