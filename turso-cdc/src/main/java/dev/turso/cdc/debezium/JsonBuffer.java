package dev.turso.cdc.debezium;

import dev.turso.format.RecordReader;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** JSON as UTF-8 bytes in one array that is used again and again. */
final class JsonBuffer {

  private static final long EXACT = 1L << 53;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[1024];
  private int length;

  JsonBuffer clear() {
    length = 0;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** Appends what is JSON already. */
  JsonBuffer raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
    return this;
  }

  /** Appends ASCII that is JSON already. */
  @SuppressWarnings("deprecation")
  JsonBuffer raw(String ascii) {
    int n = ascii.length();
    reserve(n);
    ascii.getBytes(0, n, bytes, length);
    length += n;
    return this;
  }

  JsonBuffer raw(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  JsonBuffer number(long value) {
    return raw(Long.toString(value));
  }

  /** Appends a quoted string. */
  JsonBuffer string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return string(utf8, 0, utf8.length);
  }

  /** Appends a quoted string of UTF-8. */
  JsonBuffer string(byte[] utf8, int offset, int count) {
    reserve(count * 6 + 2);
    byte[] out = bytes;
    int at = length;
    out[at++] = '"';
    for (int i = offset; i < offset + count; i++) {
      byte b = utf8[i];
      if (b >= ' ' && b != '"' && b != '\\' || b < 0) {
        out[at++] = b;
      } else {
        at = escape(b, out, at);
      }
    }
    out[at++] = '"';
    length = at;
    return this;
  }

  private static int escape(byte b, byte[] out, int from) {
    int at = from;
    out[at++] = '\\';
    switch (b) {
      case '"', '\\' -> out[at++] = b;
      case '\n' -> out[at++] = 'n';
      case '\r' -> out[at++] = 'r';
      case '\t' -> out[at++] = 't';
      default -> {
        out[at++] = 'u';
        out[at++] = '0';
        out[at++] = '0';
        out[at++] = HEX[b >> 4];
        out[at++] = HEX[b & 15];
      }
    }
    return at;
  }

  /** Appends the value that a record reader has loaded. */
  JsonBuffer value(int tag, RecordReader record) {
    long bits = record.bits();
    switch (tag) {
      case Tag.INTEGER -> integer(bits);
      case Tag.REAL -> real(Double.longBitsToDouble(bits));
      case Tag.TEXT -> string(record.ref(), Tag.offset(bits), Tag.length(bits));
      case Tag.BLOB -> {
        int from = Tag.offset(bits);
        byte[] blob = Arrays.copyOfRange(record.ref(), from, from + Tag.length(bits));
        raw('"').raw(Base64.getEncoder().encode(blob)).raw('"');
      }
      default -> raw("null");
    }
    return this;
  }

  private void integer(long value) {
    if (value > EXACT || value < -EXACT) {
      raw('"').number(value).raw('"');
    } else {
      number(value);
    }
  }

  private void real(double value) {
    if (Double.isInfinite(value)) {
      raw(value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
    } else {
      raw(Double.toString(value));
    }
  }
}
