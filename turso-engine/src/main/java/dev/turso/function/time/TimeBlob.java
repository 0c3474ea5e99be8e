package dev.turso.function.time;

import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Between the blob form of a moment and {@link LocalDateTime} in UTC. */
final class TimeBlob {

  private static final int SIZE = 13;
  private static final byte VERSION = 1;

  /** Seconds from 0001-01-01 to 1970-01-01. */
  private static final long EPOCH = 62_135_596_800L;

  private TimeBlob() {}

  static @Nullable LocalDateTime read(Register value) {
    if (value.tag != Tag.BLOB || value.length() != SIZE || value.ref[value.offset()] != VERSION) {
      return null;
    }
    long seconds = number(value.ref, value.offset() + 1, 8);
    int nanos = (int) number(value.ref, value.offset() + 9, 4);
    try {
      return LocalDateTime.ofEpochSecond(Math.subtractExact(seconds, EPOCH), nanos, ZoneOffset.UTC);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  static void write(LocalDateTime moment, Register result) {
    byte[] bytes = new byte[SIZE];
    bytes[0] = VERSION;
    long seconds = moment.toEpochSecond(ZoneOffset.UTC) + EPOCH;
    for (int i = 0; i < 8; i++) {
      bytes[1 + i] = (byte) (seconds >> 56 - 8 * i);
    }
    for (int i = 0; i < 4; i++) {
      bytes[9 + i] = (byte) (moment.getNano() >> 24 - 8 * i);
    }
    result.setBlob(bytes);
  }

  private static long number(byte[] bytes, int at, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | bytes[at + i] & 0xff;
    }
    return value;
  }
}
