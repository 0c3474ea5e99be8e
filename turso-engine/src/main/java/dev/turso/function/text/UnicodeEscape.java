package dev.turso.function.text;

import dev.turso.error.SqlException;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextBuilder;

/**
 * unistr and unistr_quote. The first decodes a backslash before four hexadecimal digits, before a
 * plus sign and six, before a small u and four, before a capital U and eight, and before another
 * backslash; the second writes control characters that way.
 */
final class UnicodeEscape {

  private UnicodeEscape() {}

  static void decode(Register value, Register result) {
    if (value.isNull()) {
      result.setNull();
      return;
    }
    value.textify();
    byte[] text = value.ref;
    int end = value.offset() + value.length();
    int firstZero = TextFunctions.end(value);
    TextBuilder out = new TextBuilder(value.length());
    int i = value.offset();
    while (i < end) {
      if (text[i] != '\\' || i > firstZero) {
        out.append(text[i++]);
      } else if (i + 1 < end && text[i + 1] == '\\') {
        out.append('\\');
        i += 2;
      } else {
        i = decodeOne(text, i + 1, end, out);
      }
    }
    out.moveTo(result);
  }

  /** Decodes what follows a backslash; returns the index after it. */
  private static int decodeOne(byte[] text, int from, int end, TextBuilder out) {
    int kind = from < end ? text[from] : 0;
    int digits = kind == '+' ? 6 : kind == 'U' ? 8 : 4;
    int start = kind == '+' || kind == 'U' || kind == 'u' ? from + 1 : from;
    int codePoint = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = i < end ? Hexadecimal.value(text[i]) : -1;
      if (digit < 0) {
        throw new SqlException("invalid Unicode escape");
      }
      codePoint = codePoint << 4 | digit;
    }
    appendMasked(codePoint, out);
    return start + digits;
  }

  /** Beyond Unicode only the low 21 bits count. */
  private static void appendMasked(int codePoint, TextBuilder out) {
    boolean beyond = codePoint < 0 || codePoint > 0x1fffff;
    if (!beyond) {
      out.appendCodePoint(codePoint);
      return;
    }
    out.append(0xf0 | codePoint >> 18 & 7);
    out.append(0x80 | codePoint >> 12 & 0x3f);
    out.append(0x80 | codePoint >> 6 & 0x3f);
    out.append(0x80 | codePoint & 0x3f);
  }

  static void quote(Register value, Register result) {
    if (value.tag != Tag.TEXT || !hasControl(value)) {
      Quoting.quote(value, result);
      return;
    }
    TextBuilder out = new TextBuilder(value.length() + 16);
    out.append("unistr('");
    int end = TextFunctions.end(value);
    for (int i = value.offset(); i < end; i++) {
      byte b = value.ref[i];
      if (b >= 0 && b < 0x20) {
        out.append("\\u00").append('0' + (b >> 4)).append("0123456789abcdef".charAt(b & 0xf));
      } else {
        out.append(b);
        if (b == '\'' || b == '\\') {
          out.append(b);
        }
      }
    }
    out.append("')").moveTo(result);
  }

  private static boolean hasControl(Register value) {
    int end = TextFunctions.end(value);
    for (int i = value.offset(); i < end; i++) {
      if (value.ref[i] >= 0 && value.ref[i] < 0x20) {
        return true;
      }
    }
    return false;
  }
}
