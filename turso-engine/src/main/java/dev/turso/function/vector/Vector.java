package dev.turso.function.vector;

import dev.turso.error.SqlException;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A vector read from its blob or text: its type and its numbers. */
record Vector(VectorType type, double[] numbers) {

  private static final int MAX_DIMENSIONS = 65536;

  /** A blob by its layout; a text as float32. */
  static Vector read(Register value) {
    if (value.tag == Tag.BLOB) {
      return VectorBlob.read(value.asBytes());
    }
    if (value.tag == Tag.TEXT) {
      return new Vector(VectorType.FLOAT32, parse(value.asString(), VectorType.FLOAT32));
    }
    throw new SqlException("Invalid vector value");
  }

  /** As that type; a text keeps as much precision as the type has. */
  static Vector read(Register value, VectorType type) {
    if (value.tag == Tag.TEXT) {
      return new Vector(type, parse(value.asString(), type));
    }
    return new Vector(type, read(value).numbers());
  }

  /** {@code [1, 2.5, -3]}, with spaces anywhere. */
  private static double[] parse(String text, VectorType type) {
    String trimmed = text.strip();
    if (!trimmed.startsWith("[") || !trimmed.endsWith("]") || trimmed.length() < 2) {
      throw new SqlException("Invalid vector value");
    }
    String inside = trimmed.substring(1, trimmed.length() - 1).strip();
    if (inside.isEmpty()) {
      return new double[0];
    }
    String[] parts = inside.split(",", -1);
    if (parts.length > MAX_DIMENSIONS) {
      throw new SqlException("vector has too many dimensions");
    }
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = number(parts[i].strip(), type);
    }
    return numbers;
  }

  private static double number(String text, VectorType type) {
    try {
      boolean wide = type == VectorType.FLOAT64;
      double number = wide ? Double.parseDouble(text) : Float.parseFloat(text);
      char last = text.charAt(text.length() - 1);
      if (Double.isFinite(number) && last != 'f' && last != 'F' && last != 'd' && last != 'D') {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new SqlException("Invalid vector value");
  }

  /** {@code [1,2.5,-3]}: each number with the fewest digits that tell it from its neighbours. */
  byte[] text() {
    TextBuilder out = new TextBuilder(numbers.length * 4 + 2);
    out.append('[');
    for (int i = 0; i < numbers.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      out.append(plain(numbers[i]).getBytes(StandardCharsets.ISO_8859_1));
    }
    return out.append(']').toBytes();
  }

  private String plain(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    String digits =
        type == VectorType.FLOAT64 ? Double.toString(number) : Float.toString((float) number);
    BigDecimal exact = new BigDecimal(digits).stripTrailingZeros();
    return exact.signum() == 0 ? "0" : exact.toPlainString();
  }
}
