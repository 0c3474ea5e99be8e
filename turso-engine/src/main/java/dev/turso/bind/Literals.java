package dev.turso.bind;

import dev.turso.error.SqlException;
import dev.turso.sql.ast.BinaryOperator;
import dev.turso.sql.ast.Expression;
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

  static boolean isAnd(Expression expression) {
    return expression instanceof Expression.Binary binary
        && binary.operator() == BinaryOperator.AND;
  }

  /**
   * Whether an expression is written so that it can only be false: 0, or an AND that has a 0 and
   * calls no function. What else the AND has is then not looked at, names included. An AND on the
   * left of an AND is left to who binds that one.
   */
  static boolean isFalse(Expression expression) {
    if (expression instanceof Expression.Literal literal) {
      return literal.kind() == Expression.LiteralKind.INTEGER && isZero(literal.text());
    }
    return expression instanceof Expression.Binary binary
        && binary.operator() == BinaryOperator.AND
        && (isFalse(binary.right()) || !isAnd(binary.left()) && isFalse(binary.left()))
        && !FunctionUse.in(binary.left())
        && !FunctionUse.in(binary.right());
  }

  private static boolean isZero(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c != '0' && !(i == 1 && (c == 'x' || c == 'X'))) {
        return false;
      }
    }
    return true;
  }

  static Value real(String text) {
    return Value.real(Value.text(text.getBytes(StandardCharsets.US_ASCII)).asDouble());
  }

  static Value blob(String hexDigits) {
    return Value.blob(HexFormat.of().parseHex(hexDigits));
  }
}
