package dev.turso.bind;

import dev.turso.error.SqlException;
import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The values of literals. */
final class Literals {

  private static final String TWO_TO_63 = "9223372036854775808";

  private Literals() {}

  /**
   * An integer literal, perhaps behind a minus sign: a REAL if it does not fit 64 bits.
   *
   * @param digits decimal digits, or {@code 0x} and hexadecimal ones
   */
  static Value integer(String digits, boolean negative) {
    if (digits.length() > 2 && (digits.charAt(1) == 'x' || digits.charAt(1) == 'X')) {
      return hexadecimal(digits, negative);
    }
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    String significant = digits.substring(start);
    int n = significant.length();
    if (n < 19 || n == 19 && significant.compareTo(TWO_TO_63) < 0) {
      long value = Long.parseLong(significant);
      return Value.integer(negative ? -value : value);
    }
    if (negative && significant.equals(TWO_TO_63)) {
      return Value.integer(Long.MIN_VALUE);
    }
    double value = real(significant).asDouble();
    return Value.real(negative ? -value : value);
  }

  private static Value hexadecimal(String text, boolean negative) {
    int start = 2;
    while (start < text.length() - 1 && text.charAt(start) == '0') {
      start++;
    }
    if (text.length() - start > 16) {
      throw new SqlException("hex literal too big: " + (negative ? "-" : "") + text);
    }
    long value = Long.parseUnsignedLong(text.substring(start), 16);
    if (negative && value == Long.MIN_VALUE) {
      throw new SqlException("hex literal too big: -" + text);
    }
    return Value.integer(negative ? -value : value);
  }

  static Value real(String text) {
    return Value.real(Value.text(text.getBytes(StandardCharsets.US_ASCII)).asDouble());
  }

  static Value blob(String hexDigits) {
    return Value.blob(HexFormat.of().parseHex(hexDigits));
  }
}
