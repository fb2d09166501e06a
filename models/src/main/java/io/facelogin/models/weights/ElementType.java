package io.facelogin.models.weights;

import java.nio.ByteBuffer;

/** How a file stores one number of a tensor; all of them become 32-bit floats here. */
public enum ElementType {
  FLOAT64(8),
  FLOAT32(4),
  FLOAT16(2),
  BFLOAT16(2),
  INT64(8),
  INT32(4),
  INT16(2),
  INT8(1),
  UINT8(1),
  BOOL(1);

  public final int sizeBytes;

  ElementType(int sizeBytes) {
    this.sizeBytes = sizeBytes;
  }

  /** Reads all elements from a buffer of exactly the right length. */
  public float[] read(ByteBuffer buffer) {
    int count = buffer.remaining() / sizeBytes;
    float[] values = new float[count];
    int start = buffer.position();
    if (this == FLOAT32) {
      buffer.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < count; i++) {
      values[i] = read(buffer, start + i * sizeBytes);
    }
    return values;
  }

  /** Reads the element that starts at a byte of the buffer. */
  float read(ByteBuffer buffer, int at) {
    return switch (this) {
      case FLOAT64 -> (float) buffer.getDouble(at);
      case FLOAT32 -> buffer.getFloat(at);
      case FLOAT16 -> fromHalf(buffer.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort(at) << 16);
      case INT64 -> buffer.getLong(at);
      case INT32 -> buffer.getInt(at);
      case INT16 -> buffer.getShort(at);
      case INT8 -> buffer.get(at);
      case UINT8 -> buffer.get(at) & 0xFF;
      case BOOL -> buffer.get(at) == 0 ? 0 : 1;
    };
  }

  /** IEEE 754 half precision; Java itself converts it only from level 20 on. */
  static float fromHalf(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 31 ? 255 : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
