package dev.turso.function.printf;

import dev.turso.value.TextBuilder;

/** One %-specification. */
final class Conversion {

  /** No precision is given. */
  static final int NONE = -1;

  boolean left;

  /** What stands before a number that is not negative: + or space, or 0 for nothing. */
  int plus;

  /** The flag #. */
  boolean alternate;

  /** The flag !. */
  boolean alternate2;

  boolean zeros;
  boolean thousands;
  int width;
  int precision = NONE;

  /** The letter, or 0 if there is none. */
  int letter;

  /** Reads a specification from after its %; returns the index after its letter. */
  int parse(byte[] format, int from, Arguments arguments) {
    int i = flags(format, from);
    int c = at(format, i);
    if (c == '*') {
      star(arguments.takeLong());
      c = at(format, ++i);
    } else if (c >= '1' && c <= '9') {
      i = digits(format, i);
      width = number(format, i);
      c = at(format, i);
    }
    if (c == '.') {
      i = precision(format, i + 1, arguments);
      c = at(format, i);
    }
    if (c == 'l') {
      c = at(format, ++i);
      if (c == 'l') {
        c = at(format, ++i);
      }
    }
    letter = c;
    return i + 1;
  }

  private int flags(byte[] format, int from) {
    int i = from;
    while (true) {
      switch (at(format, i)) {
        case '-' -> left = true;
        case '+' -> plus = '+';
        case ' ' -> plus = ' ';
        case '#' -> alternate = true;
        case '!' -> alternate2 = true;
        case '0' -> zeros = true;
        case ',' -> thousands = true;
        default -> {
          return i;
        }
      }
      i++;
    }
  }

  private void star(long argument) {
    width = (int) argument;
    if (width < 0) {
      left = true;
      width = width == Integer.MIN_VALUE ? 0 : -width;
    }
  }

  private int precision(byte[] format, int from, Arguments arguments) {
    if (at(format, from) == '*') {
      precision = (int) arguments.takeLong();
      if (precision < 0) {
        precision = precision == Integer.MIN_VALUE ? NONE : -precision;
      }
      return from + 1;
    }
    int end = digits(format, from);
    precision = number(format, end);
    return end;
  }

  private static int digits(byte[] format, int from) {
    int i = from;
    while (at(format, i) >= '0' && at(format, i) <= '9') {
      i++;
    }
    return i;
  }

  /** The number whose digits end before {@code end}, in 31 bits. */
  private static int number(byte[] format, int end) {
    int start = end;
    while (start > 0 && format[start - 1] >= '0' && format[start - 1] <= '9') {
      start--;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      value = value * 10 + format[i] - '0';
    }
    return value & Integer.MAX_VALUE;
  }

  private static int at(byte[] format, int i) {
    return i < format.length ? format[i] : 0;
  }

  /** Appends the converted argument; false if this is no conversion and the result ends here. */
  boolean append(Arguments arguments, TextBuilder out) {
    switch (letter) {
      case 'd', 'i', 'u', 'x', 'X', 'o', 'p', 'r' -> IntegerConversion.append(this, arguments, out);
      case 'f', 'e', 'E', 'g', 'G' -> FloatConversion.append(this, arguments, out);
      case 's', 'z', 'c', 'q', 'Q', 'w' -> TextConversion.append(this, arguments, out);
      case '%' -> pad(new byte[] {'%'}, 1, out);
      case 'n' -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Appends bytes, padded with spaces to the width. */
  void pad(byte[] text, int length, TextBuilder out) {
    int spaces = width - length;
    if (!left) {
      out.repeat(' ', spaces);
    }
    out.append(text, 0, length);
    if (left) {
      out.repeat(' ', spaces);
    }
  }
}
