package io.facelogin.contract.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.contract.kafka.UnreadableRecordException.Kind;
import io.facelogin.contract.v1.Camera;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ProtobufSerdeTest {

  private static final Camera CAMERA =
      Camera.newBuilder().setCameraId("lobby").setEnabled(true).build();
  private final ProtobufSerde<Camera> serde = Topics.CAMERAS.valueSerde();

  @Test
  void writesTheSchemaVersionIntoAHeader() {
    var headers = new RecordHeaders();
    byte[] bytes = serde.serializer().serialize("cameras", headers, CAMERA);

    assertThat(headers.lastHeader(Headers.SCHEMA).value()).asString().isEqualTo("1");
    assertThat(serde.deserializer().deserialize("cameras", headers, bytes)).isEqualTo(CAMERA);
  }

  @Test
  void tombstoneStaysNull() {
    assertThat(serde.serializer().serialize("cameras", new RecordHeaders(), null)).isNull();
    assertThat(serde.deserializer().deserialize("cameras", new RecordHeaders(), (byte[]) null))
        .isNull();
  }

  @Test
  void refusesANewerSchemaRatherThanMisreadingIt() {
    var headers = new RecordHeaders();
    headers.add(Headers.SCHEMA, "2".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(
            () -> serde.deserializer().deserialize("cameras", headers, CAMERA.toByteArray()))
        .isInstanceOfSatisfying(
            UnreadableRecordException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NEWER_SCHEMA))
        .hasMessageContaining("schema 2");
  }

  @Property
  void rubbishIsEitherReadOrRefusedAsDamagedButNeverAnythingElse(@ForAll byte[] rubbish) {
    try {
      serde.deserializer().deserialize("cameras", rubbish);
    } catch (UnreadableRecordException e) {
      assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
    }
  }
}
