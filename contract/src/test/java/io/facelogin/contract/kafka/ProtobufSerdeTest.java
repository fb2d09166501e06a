package io.facelogin.contract.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.facelogin.contract.kafka.UnreadableRecordException.Kind;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

  @Test
  void confidentialValuesAreWrittenSealedAndNotAtAllWithoutAKey() {
    Frame frame = Frame.newBuilder().setJpeg(ByteString.copyFromUtf8("a picture")).build();
    MasterKeys masters = MasterKeys.passing();
    Topic<Frame> sealed = Topics.FRAMES.sealedBy(masters);
    byte[] bytes = sealed.valueSerde().serializer().serialize("frames", frame);

    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("a picture");
    assertThat(sealed.valueSerde().deserializer().deserialize("frames", bytes)).isEqualTo(frame);
    assertThatThrownBy(() -> Topics.FRAMES.valueSerde().serializer().serialize("frames", frame))
        .isInstanceOf(IllegalStateException.class);
    for (Topic<Frame> other :
        List.of(Topics.FRAMES, Topics.FRAMES.sealedBy(MasterKeys.passing()))) {
      assertThatThrownBy(() -> other.valueSerde().deserializer().deserialize("frames", bytes))
          .isInstanceOfSatisfying(
              UnreadableRecordException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SEALED));
    }
  }

  @Test
  void sealedValuesOfOneTopicAreNoneOfAnother() {
    MasterKeys masters = MasterKeys.passing();
    byte[] bytes =
        Topics.FRAMES
            .sealedBy(masters)
            .valueSerde()
            .serializer()
            .serialize("frames", Frame.getDefaultInstance());

    assertThatThrownBy(
            () ->
                Topics.FACES
                    .sealedBy(masters)
                    .valueSerde()
                    .deserializer()
                    .deserialize("faces", bytes))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void plainValuesOfOldRecordingsAreRead() {
    Frame frame = Frame.newBuilder().setMinFacePx(40).build();

    assertThat(Topics.FRAMES.valueSerde().deserializer().deserialize("frames", frame.toByteArray()))
        .isEqualTo(frame);
  }

  @Property
  void rubbishIsEitherReadOrRefusedButNeverAnythingElse(@ForAll byte[] rubbish) {
    try {
      serde.deserializer().deserialize("cameras", rubbish);
    } catch (UnreadableRecordException e) {
      assertThat(e.kind()).isIn(Kind.DAMAGED, Kind.SEALED);
    }
  }
}
