package io.facelogin.contract.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void cameraTopicsHaveEqualPartitionsSoThatACameraStaysTogether() {
    assertThat(Topics.FACES.partitions()).isEqualTo(Topics.FRAMES.partitions());
    assertThat(Topics.EMBEDDINGS.partitions()).isEqualTo(Topics.FRAMES.partitions());
    assertThat(Topics.DECISIONS.partitions()).isEqualTo(Topics.FRAMES.partitions());
  }

  @Test
  void erasedTemplatesLeaveTheDiskWithinTwelveHours() {
    assertThat(Topics.GALLERY.config())
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("max.compaction.lag.ms", "43200000");
  }

  @Test
  void largestFrameFitsIntoARecord() {
    assertThat(Topics.MAX_JPEG_BYTES).isLessThan(Topics.MAX_RECORD_BYTES - 1024);
  }
}
