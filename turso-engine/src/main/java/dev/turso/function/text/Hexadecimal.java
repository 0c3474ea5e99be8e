package dev.turso.function.text;

import dev.turso.value.Allocation;
import dev.turso.value.Register;
import dev.turso.value.Utf8;
import java.util.Arrays;

/** hex and unhex. */
final class Hexadecimal {

  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private static final byte[] NO_BYTES = {};

  private Hexadecimal() {}

  static void hex(Register value, Register result) {
    if (value.isNull()) {
      result.setText(NO_BYTES);
      return;
    }
    value.textify();
    result.setText(digits(value.ref, value.offset(), value.length()));
  }

  /** Two digits for each byte. */
  static byte[] digits(byte[] bytes, int offset, int length) {
    byte[] out = Allocation.bytes(length * 2L);
    for (int i = 0; i < length; i++) {
      out[2 * i] = DIGITS[bytes[offset + i] >> 4 & 0xf];
      out[2 * i + 1] = DIGITS[bytes[offset + i] & 0xf];
    }
    return out;
  }

  /** The value of a hexadecimal digit, or -1. */
  static int value(int digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    int lower = digit | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  static void unhex(Register[] arguments, int count, Register result) {
    Register value = arguments[0];
    result.setNull();
    if (value.isNull() || count == 2 && arguments[1].isNull()) {
      return;
    }
    value.textify();
    Register ignored = count == 2 ? arguments[1] : null;
    if (ignored != null) {
      ignored.textify();
    }
    byte[] text = value.ref;
    int end = TextFunctions.end(value);
    byte[] out = new byte[value.length() / 2];
    int written = 0;
    int i = value.offset();
    while (i < end) {
      int high = value(text[i]);
      if (high < 0) {
        if (ignored == null || !contains(ignored, Utf8.codePoint(text, i, end))) {
          return;
        }
        i = Utf8.next(text, i, end);
        continue;
      }
      int low = i + 1 < end ? value(text[i + 1]) : -1;
      if (low < 0) {
        return;
      }
      out[written++] = (byte) (high << 4 | low);
      i += 2;
    }
    result.setBlob(Arrays.copyOf(out, written));
  }

  private static boolean contains(Register text, int codePoint) {
    int end = text.offset() + text.length();
    for (int i = text.offset(); i < end; i = Utf8.next(text.ref, i, end)) {
      if (Utf8.codePoint(text.ref, i, end) == codePoint) {
        return true;
      }
    }
    return false;
  }
}
