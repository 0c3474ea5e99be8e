package dev.turso.function.date;

import dev.turso.value.TextToNumber;

/** A place in a text that ends at its first zero byte; reading beyond the end gives 0. */
final class Cursor {

  final byte[] text;
  final int end;
  int at;

  Cursor(byte[] text, int at, int end) {
    this.text = text;
    this.at = at;
    this.end = end;
  }

  Cursor copy() {
    return new Cursor(text, at, end);
  }

  int peek() {
    return peek(0);
  }

  int peek(int ahead) {
    int i = at + ahead;
    return i >= 0 && i < end ? text[i] : 0;
  }

  boolean atEnd() {
    return at >= end;
  }

  void skipSpaces() {
    while (isSpace(peek())) {
      at++;
    }
  }

  static boolean isSpace(int c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Reads exactly {@code count} digits.
   *
   * @return the number, or -1 if there are fewer digits or it is not between the bounds
   */
  int digits(int count, int least, int most) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int c = peek(i);
      if (!isDigit(c)) {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    if (value < least || value > most) {
      return -1;
    }
    at += count;
    return value;
  }

  /** Whether the next byte is this one, which is then passed over. */
  boolean take(int c) {
    if (peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  /** Whether the rest is this word, ASCII letters compared without case. */
  boolean restIs(String lowerCase) {
    return end - at == lowerCase.length() && startsWith(lowerCase);
  }

  boolean startsWith(String lowerCase) {
    for (int i = 0; i < lowerCase.length(); i++) {
      int c = peek(i);
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the next {@code length} bytes are a number as a whole. */
  boolean isNumber(int length) {
    return TextToNumber.isNumber(text, at, length);
  }

  double number(int length) {
    return TextToNumber.prefixDouble(text, at, length);
  }
}
