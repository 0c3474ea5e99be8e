package dev.turso.function.json;

import dev.turso.value.Utf8;

/** Escapes in strings: adding them, undoing them, turning JSON5's into JSON's. */
final class JsonStrings {

  private static final String HEX = "0123456789abcdef";

  private JsonStrings() {}

  /** Appends a text as JSON string, in quotes. */
  static void appendQuoted(byte[] text, int offset, int length, JsonBytes out) {
    out.append('"');
    int plain = offset;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      byte b = text[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
        out.append(text, plain, i - plain);
        plain = i + 1;
        if (b < 0x20) {
          appendControl(b, out);
        } else {
          out.append('\\');
          out.append(b);
        }
      }
    }
    out.append(text, plain, end - plain);
    out.append('"');
  }

  private static void appendControl(int control, JsonBytes out) {
    out.append('\\');
    switch (control) {
      case '\b' -> out.append('b');
      case '\t' -> out.append('t');
      case '\n' -> out.append('n');
      case '\f' -> out.append('f');
      case '\r' -> out.append('r');
      default -> {
        out.append("u00");
        out.append(HEX.charAt(control >> 4));
        out.append(HEX.charAt(control & 15));
      }
    }
  }

  /** Appends a JSON5 string as JSON string, in quotes. */
  static void appendJson5(byte[] text, int offset, int length, JsonBytes out) {
    out.append('"');
    int end = offset + length;
    int i = offset;
    while (i < end) {
      byte b = text[i];
      if (b == '"') {
        out.append("\\\"");
        i++;
      } else if (b >= 0 && b < 0x20) {
        appendControl(b, out);
        i++;
      } else if (b == '\\') {
        i = appendJson5Escape(text, i, end, out);
      } else {
        out.append(b);
        i++;
      }
    }
    out.append('"');
  }

  private static int appendJson5Escape(byte[] text, int at, int end, JsonBytes out) {
    if (at + 1 >= end) {
      throw Jsonb.malformed();
    }
    switch (text[at + 1]) {
      case '\'' -> out.append('\'');
      case 'v' -> out.append("\\u000b");
      case '0' -> out.append("\\u0000");
      case 'x' -> {
        if (at + 4 > end) {
          throw Jsonb.malformed();
        }
        out.append("\\u00");
        out.append(text, at + 2, 2);
        return at + 4;
      }
      case '\r' -> {
        return at + 2 < end && text[at + 2] == '\n' ? at + 3 : at + 2;
      }
      case '\n' -> {}
      case (byte) 0xe2 -> {
        if (at + 4 > end) {
          throw Jsonb.malformed();
        }
        return at + 4;
      }
      default -> out.append(text, at, 2);
    }
    return at + 2;
  }

  /** Appends the text that a string with escapes stands for. */
  static void appendUnescaped(byte[] text, int offset, int length, JsonBytes out) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      if (text[i] == '\\') {
        i = unescape(text, i, end, out);
      } else {
        out.append(text[i++]);
      }
    }
  }

  private static int unescape(byte[] text, int at, int end, JsonBytes out) {
    if (at + 1 >= end) {
      return end;
    }
    switch (text[at + 1]) {
      case 'u' -> {
        return unescapeUnicode(text, at, end, out);
      }
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'v' -> out.append(0x0b);
      case '0' -> out.append(0);
      case '\'', '"', '/', '\\' -> out.append(text[at + 1]);
      case 'x' -> {
        if (at + 4 > end) {
          return end;
        }
        appendCodePoint(hex(text, at + 2, 2), out);
        return at + 4;
      }
      case '\n' -> {}
      case '\r' -> {
        return at + 2 < end && text[at + 2] == '\n' ? at + 3 : at + 2;
      }
      case (byte) 0xe2 -> {
        return Math.min(end, at + 4);
      }
      default -> {}
    }
    return at + 2;
  }

  private static int unescapeUnicode(byte[] text, int at, int end, JsonBytes out) {
    if (at + 6 > end) {
      return end;
    }
    int unit = hex(text, at + 2, 4);
    if ((unit & 0xfc00) == 0xd800
        && at + 12 <= end
        && text[at + 6] == '\\'
        && text[at + 7] == 'u') {
      int low = hex(text, at + 8, 4);
      if ((low & 0xfc00) == 0xdc00) {
        appendCodePoint(0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff), out);
        return at + 12;
      }
    }
    appendCodePoint(unit, out);
    return at + 6;
  }

  private static int hex(byte[] text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      value = value << 4 | (Character.digit(text[i], 16) & 15);
    }
    return value;
  }

  private static void appendCodePoint(int codePoint, JsonBytes out) {
    byte[] encoded = new byte[4];
    out.append(encoded, 0, Utf8.write(codePoint, encoded, 0));
  }
}
