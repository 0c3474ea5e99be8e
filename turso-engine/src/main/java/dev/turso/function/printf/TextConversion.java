package dev.turso.function.printf;

import dev.turso.value.TextBuilder;
import dev.turso.value.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** s z (as is), c (the first character, repeated), q Q w (with quotes doubled). */
final class TextConversion {

  private static final byte[] ZERO = {0};

  private TextConversion() {}

  static void append(Conversion c, Arguments arguments, TextBuilder out) {
    switch (c.letter) {
      case 's', 'z' -> {
        byte[] text = arguments.takeText();
        appendPadded(c, text, c.precision < 0 ? text.length : cut(c, text), out);
      }
      case 'c' -> appendCharacter(c, arguments.takeText(), out);
      default -> appendQuoted(c, arguments, out);
    }
  }

  /** How many bytes the precision leaves: it counts bytes, or with the flag ! characters. */
  private static int cut(Conversion c, byte[] text) {
    if (!c.alternate2) {
      return Math.min(text.length, c.precision);
    }
    int end = 0;
    for (int i = 0; i < c.precision && end < text.length; i++) {
      end = Utf8.next(text, end, text.length);
    }
    return end;
  }

  /** Pads to the width, which counts bytes, or with the flag ! characters. */
  private static void appendPadded(Conversion c, byte[] text, int length, TextBuilder out) {
    if (c.alternate2 && c.width > 0) {
      for (int i = 0; i < length; i++) {
        if ((text[i] & 0xc0) == 0x80) {
          c.width++;
        }
      }
    }
    c.pad(text, length, out);
  }

  private static void appendCharacter(Conversion c, byte[] text, TextBuilder out) {
    byte[] character = ZERO;
    if (text.length > 0) {
      int end = Math.min(Utf8.next(text, 0, text.length), 4);
      character = Arrays.copyOf(text, end);
    }
    if (c.precision > 1) {
      c.width -= c.precision - 1;
      if (c.width > 1 && !c.left) {
        out.repeat(' ', c.width - 1);
        c.width = 0;
      }
      for (int i = 1; i < c.precision; i++) {
        out.append(character);
      }
    }
    c.alternate2 = true;
    appendPadded(c, character, character.length, out);
  }

  private static void appendQuoted(Conversion c, Arguments arguments, TextBuilder out) {
    byte[] text = arguments.takeText();
    boolean isNull = arguments.lastWasNull();
    if (isNull) {
      String word = c.letter == 'Q' ? "NULL" : "(NULL)";
      text = word.getBytes(StandardCharsets.ISO_8859_1);
    }
    int length = c.precision < 0 ? text.length : cut(c, text);
    int quote = c.letter == 'w' ? '"' : '\'';
    boolean escape =
        c.alternate && (c.letter == 'q' || c.letter == 'Q' && hasControl(text, length));
    TextBuilder quoted = new TextBuilder(length + 16);
    boolean enclose = c.letter == 'Q' && !isNull;
    if (enclose) {
      quoted.append(escape ? "unistr('" : "'");
    }
    for (int i = 0; i < length; i++) {
      appendOne(text[i], quote, escape, quoted);
    }
    if (enclose) {
      quoted.append(escape ? "')" : "'");
    }
    byte[] bytes = quoted.toBytes();
    appendPadded(c, bytes, bytes.length, out);
  }

  private static void appendOne(byte b, int quote, boolean escape, TextBuilder out) {
    if (escape && b >= 0 && b < 0x20) {
      out.append("\\u00").append('0' + (b >> 4)).append("0123456789abcdef".charAt(b & 0xf));
      return;
    }
    out.append(b);
    if (b == quote || escape && b == '\\') {
      out.append(b);
    }
  }

  private static boolean hasControl(byte[] text, int length) {
    for (int i = 0; i < length; i++) {
      if (text[i] >= 0 && text[i] < 0x20) {
        return true;
      }
    }
    return false;
  }
}
