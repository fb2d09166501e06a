package io.facelogin.capture.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facelogin.capture.CaptureMetrics;
import io.facelogin.capture.camera.CameraReport;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FramePublisherTest {

  private final MockProducer<String, Frame> broker =
      new MockProducer<>(
          false,
          new RoundRobinPartitioner(),
          Topics.FRAMES.keySerde().serializer(),
          Topics.FRAMES.sealedBy(MasterKeys.passing()).valueSerde().serializer());
  private final CaptureMetrics metrics = new CaptureMetrics(new SimpleMeterRegistry());
  private final FramePublisher publisher = new FramePublisher(broker, 2, metrics);
  private final CameraReport report =
      new CameraReport(Camera.newBuilder().setCameraId("cam").build(), Clock.systemUTC());
  private final FramePublisher.Outbox outbox = publisher.open(report);

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void onlyTheNewestFrameWaitsForABrokerThatDoesNotAnswer() {
    put(1);
    put(2);
    for (int sequence = 3; sequence <= 9; sequence++) {
      outbox.put(frame(sequence));
    }
    assertThat(metrics.replaced.count()).isEqualTo(6);

    assertThat(broker.completeNext()).isTrue();
    await().until(() -> sent().size() == 3);
    assertThat(sent()).containsExactly(1L, 2L, 9L);
    while (broker.completeNext()) {}

    assertThat(metrics.captured.count()).isEqualTo(9);
    assertThat(metrics.published.count()).isEqualTo(3);
    assertThat(report.toStatus().getFramesPublished()).isEqualTo(3);
    assertThat(report.toStatus().getFramesDropped()).isEqualTo(6);
  }

  @Test
  void aFrameThatTheBrokerDidNotTakeIsCountedAndTheNextOneFollows() {
    put(1);
    broker.errorNext(new TimeoutException("no answer within 2000 ms"));
    assertThat(publisher.fault()).contains("no answer within 2000 ms");
    assertThat(metrics.refusedByBroker.count()).isEqualTo(1);

    put(2);
    broker.completeNext();
    assertThat(publisher.fault()).isEmpty();
    assertThat(metrics.published.count()).isEqualTo(1);
  }

  private void put(long sequence) {
    int before = sent().size();
    outbox.put(frame(sequence));
    await().until(() -> sent().size() == before + 1);
  }

  private List<Long> sent() {
    return broker.history().stream().map(record -> record.value().getRef().getSequence()).toList();
  }

  private static Frame frame(long sequence) {
    return Frame.newBuilder()
        .setRef(FrameRef.newBuilder().setCameraId("cam").setSequence(sequence))
        .build();
  }
}
