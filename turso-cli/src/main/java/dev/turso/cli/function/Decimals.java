package dev.turso.cli.function;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Texts as decimal numbers: characters that are no part of one are passed over, as sqlite3 does. */
final class Decimals {

  private static final int LARGEST_POWER = 10_000;

  private Decimals() {}

  static BigDecimal of(String text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || at < text.length() && text.charAt(at) == '+') {
      at++;
    }
    StringBuilder digits = new StringBuilder("0");
    int scale = -1;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c >= '0' && c <= '9') {
        digits.append(c);
        scale += scale >= 0 ? 1 : 0;
      } else if (c == '.' && scale < 0) {
        scale = 0;
      } else if (c == 'e' || c == 'E') {
        break;
      }
    }
    BigInteger unscaled = new BigInteger(digits.toString());
    BigDecimal value = new BigDecimal(negative ? unscaled.negate() : unscaled, Math.max(0, scale));
    BigDecimal scaled = value.scaleByPowerOfTen(power(text, at));
    return scaled.scale() < 0 ? scaled.setScale(0) : scaled;
  }

  private static int power(String text, int from) {
    int at = from;
    if (at >= text.length() || text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      return 0;
    }
    at++;
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || at < text.length() && text.charAt(at) == '+') {
      at++;
    }
    int power = 0;
    for (; at < text.length() && Character.digit(text.charAt(at), 10) >= 0; at++) {
      power = Math.min(LARGEST_POWER, power * 10 + Character.digit(text.charAt(at), 10));
    }
    return negative ? -power : power;
  }
}
