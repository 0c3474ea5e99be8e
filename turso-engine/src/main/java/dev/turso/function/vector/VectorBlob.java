package dev.turso.function.vector;

import dev.turso.error.SqlException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors to blobs and back. */
final class VectorBlob {

  private static final byte FLOAT32_MARK = 1;
  private static final byte FLOAT64_MARK = 2;
  private static final byte BIT_MARK = 3;
  private static final byte INT8_MARK = 4;
  private static final byte SPARSE_MARK = 9;

  /** alpha, shift, zero, fill count, mark. */
  private static final int INT8_TRAILER = 11;

  private static final int LARGEST_QUANTUM = 255;

  private VectorBlob() {}

  static Vector read(byte[] blob) {
    ByteBuffer in = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
    if (blob.length % 2 == 0) {
      return float32(in, blob.length);
    }
    return switch (blob[blob.length - 1]) {
      case FLOAT32_MARK -> float32(in, blob.length - 1);
      case FLOAT64_MARK -> float64(in, blob.length - 1);
      case BIT_MARK -> bits(blob);
      case INT8_MARK -> int8(in, blob);
      case SPARSE_MARK -> sparse(in, blob.length - 1);
      default -> throw invalid();
    };
  }

  private static SqlException invalid() {
    return new SqlException("Invalid vector value");
  }

  private static Vector float32(ByteBuffer in, int length) {
    if (length % 4 != 0) {
      throw invalid();
    }
    double[] numbers = new double[length / 4];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.getFloat();
    }
    return new Vector(VectorType.FLOAT32, numbers);
  }

  private static Vector float64(ByteBuffer in, int length) {
    if (length % 8 != 0) {
      throw invalid();
    }
    double[] numbers = new double[length / 8];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.getDouble();
    }
    return new Vector(VectorType.FLOAT64, numbers);
  }

  private static Vector bits(byte[] blob) {
    int unused = blob.length >= 2 ? blob[blob.length - 2] & 0xff : 0;
    int dimensions = (blob.length - 2) * 8 - unused;
    if (blob.length < 3 || dimensions < 0) {
      throw invalid();
    }
    double[] numbers = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      numbers[i] = (blob[i / 8] >> i % 8 & 1) == 1 ? 1 : -1;
    }
    return new Vector(VectorType.BIT, numbers);
  }

  private static Vector int8(ByteBuffer in, byte[] blob) {
    int bytes = blob.length - INT8_TRAILER;
    int fill = blob.length >= 2 ? blob[blob.length - 2] & 0xff : 0;
    if (bytes < 0 || bytes % 4 != 0 || fill > 3 || bytes < fill) {
      throw invalid();
    }
    float alpha = in.getFloat(bytes);
    float shift = in.getFloat(bytes + 4);
    double[] numbers = new double[bytes - fill];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = alpha * (blob[i] & 0xff) + shift;
    }
    return new Vector(VectorType.INT8, numbers);
  }

  private static Vector sparse(ByteBuffer in, int length) {
    if (length < 4 || (length - 4) % 8 != 0) {
      throw invalid();
    }
    int count = (length - 4) / 8;
    int dimensions = in.getInt(length - 4);
    if (dimensions < 0 || dimensions > 1 << 24) {
      throw invalid();
    }
    double[] numbers = new double[dimensions];
    int previous = -1;
    for (int i = 0; i < count; i++) {
      int place = in.getInt(4 * (count + i));
      if (place <= previous || place >= dimensions) {
        throw invalid();
      }
      numbers[place] = in.getFloat(4 * i);
      previous = place;
    }
    return new Vector(VectorType.SPARSE, numbers);
  }

  static byte[] write(Vector vector) {
    double[] numbers = vector.numbers();
    return switch (vector.type()) {
      case FLOAT32 -> writeFloat32(numbers);
      case FLOAT64 -> writeFloat64(numbers);
      case BIT -> writeBits(numbers);
      case INT8 -> writeInt8(numbers);
      case SPARSE -> writeSparse(numbers);
    };
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] writeFloat32(double[] numbers) {
    ByteBuffer out = buffer(numbers.length * 4);
    for (double number : numbers) {
      out.putFloat((float) number);
    }
    return out.array();
  }

  private static byte[] writeFloat64(double[] numbers) {
    ByteBuffer out = buffer(numbers.length * 8 + 1);
    for (double number : numbers) {
      out.putDouble(number);
    }
    return out.put(FLOAT64_MARK).array();
  }

  private static byte[] writeBits(double[] numbers) {
    int bytes = (numbers.length + 7) / 8 | 1;
    byte[] out = new byte[bytes + 2];
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] > 0) {
        out[i / 8] |= (byte) (1 << i % 8);
      }
    }
    out[bytes] = (byte) (bytes * 8 - numbers.length);
    out[bytes + 1] = BIT_MARK;
    return out;
  }

  private static byte[] writeInt8(double[] numbers) {
    float least = numbers.length == 0 ? 0 : Float.POSITIVE_INFINITY;
    float largest = numbers.length == 0 ? 0 : Float.NEGATIVE_INFINITY;
    for (double number : numbers) {
      least = Math.min(least, (float) number);
      largest = Math.max(largest, (float) number);
    }
    float alpha = (largest - least) / LARGEST_QUANTUM;
    int filled = (numbers.length + 3) / 4 * 4;
    ByteBuffer out = buffer(filled + INT8_TRAILER);
    for (double number : numbers) {
      int quantum = alpha == 0 ? 0 : Math.round(((float) number - least) / alpha);
      out.put((byte) Math.clamp(quantum, 0, LARGEST_QUANTUM));
    }
    out.position(filled);
    out.putFloat(alpha).putFloat(least).put((byte) 0);
    return out.put((byte) (filled - numbers.length)).put(INT8_MARK).array();
  }

  private static byte[] writeSparse(double[] numbers) {
    int count = 0;
    for (double number : numbers) {
      count += number != 0 ? 1 : 0;
    }
    ByteBuffer out = buffer(count * 8 + 5);
    for (double number : numbers) {
      if (number != 0) {
        out.putFloat((float) number);
      }
    }
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != 0) {
        out.putInt(i);
      }
    }
    return out.putInt(numbers.length).put(SPARSE_MARK).array();
  }
}
