package dev.turso.function.printf;

import dev.turso.value.Decimal;
import dev.turso.value.TextBuilder;

/** f, e, E, g and G. */
final class FloatConversion {

  private static final int DEFAULT_PRECISION = 6;
  private static final int MAX_PRECISION = 100_000_000;
  private static final int DIGITS = 16;
  private static final int MORE_DIGITS = 20;

  private FloatConversion() {}

  static void append(Conversion c, Arguments arguments, TextBuilder out) {
    double value = arguments.takeDouble();
    int precision = Math.min(c.precision < 0 ? DEFAULT_PRECISION : c.precision, MAX_PRECISION);
    int sign = value < 0 && !hidesSign(c, value, precision) ? '-' : c.plus;
    if (Double.isInfinite(value) && !c.zeros) {
      TextBuilder text = new TextBuilder();
      if (sign != 0) {
        text.append(sign);
      }
      byte[] bytes = text.append("Inf").toBytes();
      c.pad(bytes, bytes.length, out);
      return;
    }
    TextBuilder text = new TextBuilder();
    if (sign != 0) {
      text.append(sign);
    }
    number(c, value, precision, text);
    byte[] bytes = text.toBytes();
    if (c.zeros && !c.left && bytes.length < c.width) {
      int signLength = sign != 0 ? 1 : 0;
      out.append(bytes, 0, signLength).repeat('0', c.width - bytes.length);
      out.append(bytes, signLength, bytes.length - signLength);
    } else {
      c.pad(bytes, bytes.length, out);
    }
  }

  /** With the flag # in %f a number that is shown as zero has no minus sign. */
  private static boolean hidesSign(Conversion c, double value, int precision) {
    if (!c.alternate || c.plus != 0 || c.letter != 'f' || Double.isInfinite(value)) {
      return false;
    }
    return Digits.of(value, -precision, DIGITS).point <= -precision;
  }

  private static void number(Conversion c, double value, int given, TextBuilder out) {
    boolean general = c.letter == 'g' || c.letter == 'G';
    int precision = general && given == 0 ? 1 : given;
    int places = c.letter == 'f' ? -precision : general ? precision : precision + 1;
    Digits digits = Digits.of(value, places, c.alternate2 ? MORE_DIGITS : DIGITS);
    int exponent = digits.point - 1;
    boolean scientific = c.letter == 'e' || c.letter == 'E';
    boolean dropZeros = c.alternate2;
    if (general) {
      precision--;
      dropZeros = !c.alternate;
      scientific = exponent < -4 || exponent > precision;
      if (!scientific) {
        precision -= exponent;
      }
    }
    boolean point = precision > 0 || c.alternate || c.alternate2;
    appendDigits(c, digits, scientific ? 0 : exponent, precision, point, dropZeros, out);
    if (scientific) {
      appendExponent(c.letter == 'e' || c.letter == 'g' ? 'e' : 'E', exponent, out);
    }
  }

  /** The digits of a double; of infinity, which is shown as a very large number, a nine. */
  private record Digits(Decimal decimal, boolean infinite, int point) {

    private static final int BEYOND_ALL = 1000;

    static Digits of(double value, int places, int most) {
      Decimal decimal = new Decimal();
      if (Double.isInfinite(value)) {
        return new Digits(decimal, true, BEYOND_ALL);
      }
      decimal.decode(value, places, most);
      return new Digits(decimal, false, decimal.point());
    }

    int at(int index) {
      return infinite ? (index == 0 ? '9' : '0') : decimal.digit(index);
    }
  }

  /**
   * @param lead the power of ten of the first digit before the point
   */
  private static void appendDigits(
      Conversion c,
      Digits digits,
      int lead,
      int precision,
      boolean point,
      boolean dropZeros,
      TextBuilder out) {
    int next = 0;
    if (lead < 0) {
      out.append('0');
    }
    for (int power = lead; power >= 0; power--) {
      out.append(digits.at(next++));
      if (c.thousands && power % 3 == 0 && power > 1) {
        out.append(',');
      }
    }
    int start = out.length();
    if (point) {
      out.append('.');
    }
    int kept = start + 1;
    int zeros = Math.min(Math.max(-lead - 1, 0), Math.max(precision, 0));
    out.repeat('0', zeros);
    for (int i = zeros; i < precision; i++) {
      int digit = digits.at(next++);
      out.append(digit);
      if (digit != '0') {
        kept = out.length();
      }
    }
    if (dropZeros && point) {
      boolean bare = kept == start + 1;
      out.truncate(bare && !c.alternate2 ? start : kept);
      if (bare && c.alternate2) {
        out.append('0');
      }
    }
  }

  private static void appendExponent(int letter, int exponent, TextBuilder out) {
    out.append(letter).append(exponent < 0 ? '-' : '+').appendPadded(Math.abs((long) exponent), 2);
  }
}
