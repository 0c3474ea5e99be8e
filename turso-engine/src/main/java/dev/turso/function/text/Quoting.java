package dev.turso.function.text;

import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextBuilder;

/** {@code quote(X)}: the value as an SQL literal. */
public final class Quoting {

  private Quoting() {}

  static void quote(Register value, Register result) {
    TextBuilder out = new TextBuilder();
    append(value, out);
    out.moveTo(result);
  }

  /** Appends the literal that stands for the value; a text is cut off at its first zero byte. */
  public static void append(Register value, TextBuilder out) {
    switch (value.tag) {
      case Tag.INTEGER -> out.append(value.bits);
      case Tag.REAL -> appendReal(value.real(), out);
      case Tag.TEXT -> appendText(value, out);
      case Tag.BLOB ->
          out.append("X'")
              .append(Hexadecimal.digits(value.ref, value.offset(), value.length()))
              .append('\'');
      default -> out.append("NULL");
    }
  }

  private static void appendReal(double value, TextBuilder out) {
    if (Double.isInfinite(value)) {
      // a literal that overflows when it is read back
      out.append(value < 0 ? "-9.0e+999" : "9.0e+999");
    } else {
      out.append(value);
    }
  }

  private static void appendText(Register value, TextBuilder out) {
    int end = TextFunctions.end(value);
    out.append('\'');
    for (int i = value.offset(); i < end; i++) {
      out.append(value.ref[i]);
      if (value.ref[i] == '\'') {
        out.append('\'');
      }
    }
    out.append('\'');
  }
}
