package dev.turso.function.text;

import dev.turso.value.Register;
import dev.turso.value.TextBuilder;
import java.util.Arrays;

/** {@code replace(X, Y, Z)}: every Y in X becomes Z, byte for byte. */
final class Replacement {

  private Replacement() {}

  static void call(Register value, Register pattern, Register replacement, Register result) {
    if (value.isNull() || pattern.isNull()) {
      result.setNull();
      return;
    }
    value.textify();
    pattern.textify();
    if (pattern.length() == 0 || pattern.ref[pattern.offset()] == 0) {
      result.setText(value.ref, value.offset(), value.length());
      return;
    }
    if (replacement.isNull()) {
      result.setNull();
      return;
    }
    replacement.textify();
    replace(value, pattern, replacement, result);
  }

  private static void replace(
      Register value, Register pattern, Register replacement, Register result) {
    byte[] text = value.ref;
    int end = value.offset() + value.length();
    int size = pattern.length();
    byte lead = pattern.ref[pattern.offset()];
    TextBuilder out = null;
    int copied = value.offset();
    for (int i = copied; i + size <= end; ) {
      if (text[i] == lead && matches(text, i, pattern, size)) {
        if (out == null) {
          out = new TextBuilder(value.length() + replacement.length());
        }
        out.append(text, copied, i - copied);
        out.append(replacement.ref, replacement.offset(), replacement.length());
        i += size;
        copied = i;
      } else {
        i++;
      }
    }
    if (out == null) {
      result.setText(text, value.offset(), value.length());
    } else {
      out.append(text, copied, end - copied).moveTo(result);
    }
  }

  private static boolean matches(byte[] text, int at, Register pattern, int size) {
    int offset = pattern.offset();
    return Arrays.equals(text, at, at + size, pattern.ref, offset, offset + size);
  }
}
