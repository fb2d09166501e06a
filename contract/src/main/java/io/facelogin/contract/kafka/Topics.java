package io.facelogin.contract.kafka;

import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.CameraStatus;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.EnrolmentResult;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.PersonKey;
import io.facelogin.contract.v1.Template;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every topic, in the order of the data. {@code frames} to {@code decisions} have equal partitions:
 * a camera stays together.
 */
public final class Topics {

  /**
   * A frame's picture is at most this large; the capture agent lowers its JPEG quality until it is.
   */
  public static final int MAX_JPEG_BYTES = 1_500_000;

  /** Largest record on any topic: a frame with its envelope, or the lossless crops of a crowd. */
  public static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;

  private static final int CAMERA_PARTITIONS = 16;

  /** Key: camera id. No compression: JPEG does not shrink. */
  public static final Topic<Frame> FRAMES =
      new Topic<>("frames", Frame.parser(), CAMERA_PARTITIONS, keep(Duration.ofMinutes(15)))
          .confidential();

  /** Key: camera id. */
  public static final Topic<Faces> FACES =
      new Topic<>("faces", Faces.parser(), CAMERA_PARTITIONS, keep(Duration.ofHours(1)))
          .confidential();

  /** Key: camera id. */
  public static final Topic<Embeddings> EMBEDDINGS =
      new Topic<>("embeddings", Embeddings.parser(), CAMERA_PARTITIONS, keep(Duration.ofHours(24)))
          .confidential();

  /** Key: camera id. */
  public static final Topic<Decision> DECISIONS =
      new Topic<>("decisions", Decision.parser(), CAMERA_PARTITIONS, keep(Duration.ofDays(7)));

  /** Key: person id. */
  public static final Topic<EnrolmentCommand> ENROLMENTS =
      new Topic<>("enrolments", EnrolmentCommand.parser(), 8, keep(Duration.ofDays(7)));

  /** Key: person id. */
  public static final Topic<EnrolmentResult> ENROLMENT_RESULTS =
      new Topic<>("enrolment-results", EnrolmentResult.parser(), 8, keep(Duration.ofDays(7)));

  /**
   * Key: person id / template id. The truth about templates; a tombstone erases within 12 hours
   * also on disk.
   */
  public static final Topic<Template> GALLERY =
      new Topic<>("gallery", Template.parser(), 8, compacted());

  /**
   * Key: person id. What the keys sealed is gone when they are, so they leave the disk soonest of
   * all after a tombstone.
   */
  public static final Topic<PersonKey> PERSON_KEYS =
      new Topic<>("person-keys", PersonKey.parser(), 8, compactedWithin(Duration.ofHours(1)));

  /** Key: camera id. */
  public static final Topic<Camera> CAMERAS =
      new Topic<>("cameras", Camera.parser(), 4, compacted());

  /** Key: camera id. */
  public static final Topic<CameraStatus> CAMERA_STATUS =
      new Topic<>("camera-status", CameraStatus.parser(), 4, compacted());

  public static final List<Topic<?>> ALL =
      List.of(
          FRAMES,
          FACES,
          EMBEDDINGS,
          DECISIONS,
          ENROLMENTS,
          ENROLMENT_RESULTS,
          GALLERY,
          PERSON_KEYS,
          CAMERAS,
          CAMERA_STATUS);

  private Topics() {}

  private static Map<String, String> keep(Duration retention) {
    Map<String, String> config = new HashMap<>(TopicSetup.keeping(retention));
    config.put("max.message.bytes", Integer.toString(MAX_RECORD_BYTES));
    return Map.copyOf(config);
  }

  private static Map<String, String> compacted() {
    return compactedWithin(Duration.ofHours(12));
  }

  private static Map<String, String> compactedWithin(Duration lag) {
    return Map.of(
        "cleanup.policy", "compact",
        "max.compaction.lag.ms", Long.toString(lag.toMillis()),
        // A matcher that sleeps longer than this must rebuild from nothing, or it would miss
        // tombstones.
        "delete.retention.ms", Long.toString(Duration.ofDays(30).toMillis()),
        "max.message.bytes", Integer.toString(MAX_RECORD_BYTES));
  }
}
