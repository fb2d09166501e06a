package io.facelogin.contract.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.facelogin.contract.kafka.UnreadableRecordException.Kind;
import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.secret.SealLayout;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Protobuf values with the schema version in a header. Stateless, so any number of threads may
 * share one. A null value is a tombstone and stays null. Records without the header (state stores,
 * changelogs) are read as the current version.
 *
 * <p>What is confidential is written sealed. Plain values are read all the same (old recordings):
 * no Protobuf message begins as sealed bytes do.
 */
public final class ProtobufSerde<T extends MessageLite> implements Serde<T> {

  /**
   * Raised when a reader of the version before would misunderstand the value; additions alone do
   * not raise it.
   */
  public static final int SCHEMA_VERSION = 1;

  private static final byte[] SCHEMA_BYTES =
      Integer.toString(SCHEMA_VERSION).getBytes(StandardCharsets.UTF_8);

  private final Parser<T> parser;
  private final Confidence confidence;

  /** How values are written and read that may be sealed. */
  private interface Confidence {

    byte[] seal(byte[] plain);

    byte[] open(byte[] sealed);
  }

  private ProtobufSerde(Parser<T> parser, Confidence confidence) {
    this.parser = parser;
    this.confidence = confidence;
  }

  /** For values that are no secret. */
  public static <T extends MessageLite> ProtobufSerde<T> plain(Parser<T> parser) {
    return new ProtobufSerde<>(
        parser,
        new Confidence() {
          @Override
          public byte[] seal(byte[] plain) {
            return plain;
          }

          @Override
          public byte[] open(byte[] sealed) {
            throw new BrokenSealException("sealed, but expected in plain");
          }
        });
  }

  /** For confidential values where there is no key: it refuses to write, and reads plain ones. */
  ProtobufSerde<T> withoutKey() {
    return new ProtobufSerde<>(
        parser,
        new Confidence() {
          @Override
          public byte[] seal(byte[] plain) {
            throw new IllegalStateException("Confidential, and there is no key to seal it with");
          }

          @Override
          public byte[] open(byte[] sealed) {
            throw new BrokenSealException("sealed, and there is no key here");
          }
        });
  }

  /**
   * @param kind what the values are, so that they are taken for nothing else
   */
  public ProtobufSerde<T> sealedBy(MasterKeys masters, String kind) {
    return new ProtobufSerde<>(
        parser,
        new Confidence() {
          @Override
          public byte[] seal(byte[] plain) {
            return masters.seal(kind, "", plain);
          }

          @Override
          public byte[] open(byte[] sealed) {
            return masters.open(kind, "", sealed);
          }
        });
  }

  @Override
  public Serializer<T> serializer() {
    return new Serializer<>() {
      @Override
      public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return value == null ? null : confidence.seal(value.toByteArray());
      }

      @Override
      public byte @Nullable [] serialize(
          String topic, org.apache.kafka.common.header.Headers headers, @Nullable T value) {
        headers.remove(Headers.SCHEMA).add(Headers.SCHEMA, SCHEMA_BYTES);
        return serialize(topic, value);
      }
    };
  }

  @Override
  public Deserializer<T> deserializer() {
    return new Deserializer<>() {
      @Override
      public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : parse(topic, bytes);
      }

      @Override
      public @Nullable T deserialize(
          String topic, org.apache.kafka.common.header.Headers headers, byte @Nullable [] bytes) {
        checkSchema(topic, headers.lastHeader(Headers.SCHEMA));
        return deserialize(topic, bytes);
      }
    };
  }

  private T parse(String topic, byte[] bytes) {
    try {
      return parser.parseFrom(SealLayout.isSealed(bytes) ? confidence.open(bytes) : bytes);
    } catch (BrokenSealException e) {
      throw new UnreadableRecordException(Kind.SEALED, "Topic " + topic + ": " + e.getMessage());
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableRecordException(
          Kind.DAMAGED,
          "Topic " + topic + ": " + bytes.length + " bytes are no such message: " + e.getMessage());
    }
  }

  private static void checkSchema(String topic, @Nullable Header header) {
    if (header == null) {
      return;
    }
    String text = new String(header.value(), StandardCharsets.UTF_8);
    int version;
    try {
      version = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UnreadableRecordException(
          Kind.DAMAGED, "Topic " + topic + ": schema header is no number: " + text);
    }
    if (version > SCHEMA_VERSION) {
      throw new UnreadableRecordException(
          Kind.NEWER_SCHEMA,
          "Topic "
              + topic
              + " has schema "
              + version
              + ", this version reads up to "
              + SCHEMA_VERSION
              + ". Upgrade this worker.");
    }
  }
}
