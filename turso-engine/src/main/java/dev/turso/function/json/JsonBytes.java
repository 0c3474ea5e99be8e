package dev.turso.function.json;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.value.Register;
import java.util.Arrays;

/** A growing run of bytes: JSONB under construction or under edit, or JSON text. */
final class JsonBytes {

  private static final int LONGEST = 1_000_000_000;

  byte[] bytes;
  int length;

  JsonBytes(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  private void reserve(int more) {
    long needed = (long) length + more;
    if (needed > LONGEST) {
      throw new SqlException(ResultCode.TOOBIG, "string or blob too big");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(LONGEST, Math.max(needed, bytes.length * 2L)));
    }
  }

  void append(int oneByte) {
    if (length == bytes.length) {
      reserve(1);
    }
    bytes[length++] = (byte) oneByte;
  }

  void append(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  void append(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  /** Appends an element without children. */
  void appendElement(int type, byte[] source, int offset, int count) {
    appendHeader(type, count);
    append(source, offset, count);
  }

  void appendElement(int type, String ascii) {
    appendHeader(type, ascii.length());
    append(ascii);
  }

  /** Appends a header, as short as the size allows. */
  void appendHeader(int type, int size) {
    int header = Jsonb.headerSizeFor(size);
    reserve(header);
    writeHeader(length, header, type, size);
    length += header;
  }

  /** Appends a header to be filled in by {@link #endContainer}; returns where it is. */
  int beginContainer(int type, int expectedSize) {
    int at = length;
    appendHeader(type, expectedSize);
    return at;
  }

  /** Everything behind the header becomes its payload. */
  void endContainer(int at) {
    int size = length - at - Jsonb.headerSize(bytes, at);
    resize(at, size);
  }

  /** Writes the size of a container's payload into its header, moving what follows if it must. */
  int resize(int at, int size) {
    int type = Jsonb.type(bytes, at);
    int before = Jsonb.headerSize(bytes, at);
    int after = Jsonb.headerSizeFor(size);
    if (after != before) {
      splice(at, before, bytes, 0, 0, after);
    }
    writeHeader(at, after, type, size);
    return after - before;
  }

  /**
   * Replaces {@code removed} bytes at an offset by room for {@code room} bytes, of which the first
   * {@code count} are copied from the source.
   */
  void splice(int at, int removed, byte[] source, int offset, int count, int room) {
    if (room > removed) {
      reserve(room - removed);
    }
    int tail = length - at - removed;
    System.arraycopy(bytes, at + removed, bytes, at + room, tail);
    System.arraycopy(source, offset, bytes, at, count);
    length += room - removed;
  }

  /** Replaces {@code removed} bytes at an offset by others. */
  void splice(int at, int removed, byte[] source, int count) {
    splice(at, removed, source, 0, count, count);
  }

  private void writeHeader(int at, int header, int type, int size) {
    if (header == 1) {
      bytes[at] = (byte) (type | size << 4);
      return;
    }
    int kind = header == 2 ? 12 : header == 3 ? 13 : 14;
    bytes[at] = (byte) (type | kind << 4);
    for (int i = header - 1, rest = size; i > 0; i--, rest >>>= 8) {
      bytes[at + i] = (byte) rest;
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Becomes a JSON text with the mark that says so. */
  void toJsonText(Register result) {
    result.setText(bytes, 0, length);
    result.subtype = Jsonb.SUBTYPE;
  }

  void toBlob(Register result) {
    result.setBlob(bytes, 0, length);
  }
}
