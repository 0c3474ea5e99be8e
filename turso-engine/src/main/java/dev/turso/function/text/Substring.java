package dev.turso.function.text;

import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.Utf8;

/**
 * {@code substr(X, Y [, Z])}: in characters of a text, in bytes of a blob. The result is a slice.
 */
final class Substring {

  private Substring() {}

  static void call(Register[] arguments, int count, Register result) {
    Register value = arguments[0];
    if (value.isNull() || arguments[1].isNull() || count == 3 && arguments[2].isNull()) {
      result.setNull();
      return;
    }
    value.textify();
    boolean blob = value.tag == Tag.BLOB;
    if (blob && value.length() == 0) {
      result.setNull();
      return;
    }
    long start = arguments[1].asLong();
    long length = count == 3 ? arguments[2].asLong() : Long.MAX_VALUE;
    boolean backwards = length < 0;
    if (backwards) {
      length = length == Long.MIN_VALUE ? Long.MAX_VALUE : -length;
    }
    if (start < 0) {
      start += blob ? value.length() : Utf8.length(value.ref, value.offset(), value.length());
      if (start < 0) {
        length = Math.max(length + start, 0);
        start = 0;
      }
    } else if (start > 0) {
      start--;
    } else if (length > 0) {
      length--;
    }
    if (backwards) {
      start -= length;
      if (start < 0) {
        length += start;
        start = 0;
      }
    }
    if (blob) {
      bytes(value, start, length, result);
    } else {
      characters(value, start, length, result);
    }
  }

  private static void bytes(Register value, long start, long length, Register result) {
    int size = value.length();
    int from = (int) Math.min(start, size);
    int taken = (int) Math.min(length, size - from);
    result.setBlob(value.ref, value.offset() + from, taken);
  }

  private static void characters(Register value, long start, long length, Register result) {
    byte[] text = value.ref;
    int end = value.offset() + value.length();
    int from = value.offset();
    for (long i = start; i > 0 && from < end && text[from] != 0; i--) {
      from = Utf8.skip(text, from, end);
    }
    int to = from;
    for (long i = length; i > 0 && to < end && text[to] != 0; i--) {
      to = Utf8.skip(text, to, end);
    }
    result.setText(text, from, to - from);
  }
}
