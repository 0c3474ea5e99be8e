package dev.turso.function.printf;

import dev.turso.value.TextBuilder;
import java.util.Locale;

/** d i (signed), u x X o p (unsigned), r (ordinal: 1st, 2nd …). */
final class IntegerConversion {

  private static final String[] ORDINALS = {"th", "st", "nd", "rd"};

  private IntegerConversion() {}

  static void append(Conversion c, Arguments arguments, TextBuilder out) {
    long value = arguments.takeLong();
    boolean signed = c.letter == 'd' || c.letter == 'i' || c.letter == 'r';
    int sign = signed ? (value < 0 ? '-' : c.plus) : 0;
    long magnitude = signed && value < 0 ? -value : value;
    long digits = c.precision;
    if (c.zeros) {
      digits = Math.max(digits, c.width - (sign != 0 ? 1 : 0));
    }
    String number = digits(c.letter, magnitude);
    boolean grouped = c.thousands && (c.letter == 'd' || c.letter == 'i' || c.letter == 'u');
    TextBuilder text = new TextBuilder();
    if (c.alternate && magnitude != 0) {
      text.append(prefix(c.letter));
    }
    if (sign != 0) {
      text.append(sign);
    }
    if (c.letter == 'r') {
      number += ordinal(magnitude);
    }
    long padding = Math.max(digits - number.length(), 0);
    if (grouped) {
      appendGrouped(number, padding, text);
    } else {
      text.repeat('0', padding).append(number);
    }
    byte[] bytes = text.toBytes();
    c.pad(bytes, bytes.length, out);
  }

  private static String digits(int letter, long magnitude) {
    return switch (letter) {
      case 'x' -> Long.toHexString(magnitude);
      case 'X', 'p' -> Long.toHexString(magnitude).toUpperCase(Locale.ROOT);
      case 'o' -> Long.toOctalString(magnitude);
      default -> Long.toUnsignedString(magnitude);
    };
  }

  private static String prefix(int letter) {
    return switch (letter) {
      case 'x', 'p' -> "0x";
      case 'X' -> "0X";
      case 'o' -> "0";
      default -> "";
    };
  }

  private static String ordinal(long magnitude) {
    int last = (int) Long.remainderUnsigned(magnitude, 10);
    boolean teen = Long.remainderUnsigned(Long.divideUnsigned(magnitude, 10), 10) == 1;
    return ORDINALS[last > 3 || teen ? 0 : last];
  }

  private static void appendGrouped(String number, long zeros, TextBuilder out) {
    long total = zeros + number.length();
    for (long i = 0; i < total; i++) {
      if (i > 0 && (total - i) % 3 == 0) {
        out.append(',');
      }
      out.append(i < zeros ? '0' : number.charAt((int) (i - zeros)));
    }
  }
}
