package dev.turso.cli.function;

import dev.turso.function.CallContext;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.nio.ByteBuffer;
import java.util.Locale;

/** A REAL as a whole number times a power of two, and back. */
final class RealFunction implements ScalarFunction {

  private static final int BIAS = 1075;
  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;

  enum Kind {
    IEEE754(2),
    IEEE754_MANTISSA(1),
    IEEE754_EXPONENT(1),
    IEEE754_FROM_BLOB(1),
    IEEE754_TO_BLOB(1);

    private final int most;

    Kind(int most) {
      this.most = most;
    }

    String sqlName() {
      return name().toLowerCase(Locale.ROOT);
    }

    int most() {
      return most;
    }
  }

  private final Kind kind;

  RealFunction(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    Register first = arguments[0];
    switch (kind) {
      case IEEE754 -> {
        if (count == 2) {
          int power = (int) Math.clamp(arguments[1].asLong(), -10_000, 10_000);
          result.setReal(Math.scalb((double) first.asLong(), power));
        } else {
          long[] parts = parts(first);
          result.setText("ieee754(" + parts[0] + "," + parts[1] + ")");
        }
      }
      case IEEE754_MANTISSA -> result.setInteger(parts(first)[0]);
      case IEEE754_EXPONENT -> result.setInteger(parts(first)[1]);
      case IEEE754_FROM_BLOB -> fromBlob(first, result);
      case IEEE754_TO_BLOB -> toBlob(first, result);
    }
  }

  private static long[] parts(Register value) {
    double number =
        value.tag == Tag.BLOB && value.length() == Double.BYTES
            ? ByteBuffer.wrap(value.asBytes()).getDouble()
            : value.isNull() ? 0 : value.asDouble();
    long bits = Double.doubleToRawLongBits(Math.abs(number));
    long exponent = bits >>> FRACTION_BITS;
    long mantissa = bits & FRACTION;
    mantissa = exponent == 0 ? mantissa << 1 : mantissa | 1L << FRACTION_BITS;
    while (exponent < BIAS && mantissa > 0 && (mantissa & 1) == 0) {
      mantissa >>= 1;
      exponent++;
    }
    return new long[] {number < 0 ? -mantissa : mantissa, exponent - BIAS};
  }

  private static void fromBlob(Register value, Register result) {
    if (value.tag == Tag.BLOB && value.length() == Double.BYTES) {
      result.setReal(ByteBuffer.wrap(value.asBytes()).getDouble());
    } else {
      result.setNull();
    }
  }

  private static void toBlob(Register value, Register result) {
    if (value.tag == Tag.INTEGER || value.tag == Tag.REAL) {
      result.setBlob(ByteBuffer.allocate(Double.BYTES).putDouble(value.asDouble()).array());
    } else {
      result.setNull();
    }
  }
}
