package dev.turso.function.text;

import dev.turso.value.Register;
import dev.turso.value.Utf8;
import java.util.Arrays;

/**
 * trim, ltrim and rtrim: spaces, or any of the characters of a second text. The result is a slice.
 */
final class Trim {

  private static final byte[] SPACE = {' '};
  private static final int[] ONE = {0, 1};

  private Trim() {}

  static void call(Register[] arguments, int count, boolean left, boolean right, Register result) {
    Register value = arguments[0];
    if (value.isNull() || count == 2 && arguments[1].isNull()) {
      result.setNull();
      return;
    }
    value.textify();
    byte[] set = SPACE;
    int[] bounds = ONE;
    if (count == 2) {
      arguments[1].textify();
      set = arguments[1].ref;
      bounds = characters(arguments[1]);
    }
    int from = value.offset();
    int to = from + value.length();
    int length = 1;
    while (left && from < to && length > 0) {
      length = matchAt(value.ref, from, to, set, bounds);
      from += length;
    }
    length = 1;
    while (right && from < to && length > 0) {
      length = matchBefore(value.ref, from, to, set, bounds);
      to -= length;
    }
    result.setText(value.ref, from, to - from);
  }

  /** Where each character of a text starts, and where the last one ends. */
  private static int[] characters(Register text) {
    int end = TextFunctions.end(text);
    int[] bounds = new int[end - text.offset() + 1];
    int count = 0;
    for (int i = text.offset(); i < end; i = Utf8.next(text.ref, i, end)) {
      bounds[count++] = i;
    }
    bounds[count++] = end;
    return Arrays.copyOf(bounds, count);
  }

  private static int matchAt(byte[] text, int from, int to, byte[] set, int[] bounds) {
    for (int i = 0; i + 1 < bounds.length; i++) {
      int length = bounds[i + 1] - bounds[i];
      if (length <= to - from
          && Arrays.equals(text, from, from + length, set, bounds[i], bounds[i + 1])) {
        return length;
      }
    }
    return 0;
  }

  private static int matchBefore(byte[] text, int from, int to, byte[] set, int[] bounds) {
    for (int i = 0; i + 1 < bounds.length; i++) {
      int length = bounds[i + 1] - bounds[i];
      if (length <= to - from
          && Arrays.equals(text, to - length, to, set, bounds[i], bounds[i + 1])) {
        return length;
      }
    }
    return 0;
  }
}
