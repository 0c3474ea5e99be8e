package dev.turso.cli.function;

import dev.turso.function.CallContext;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Register;
import java.math.BigDecimal;
import java.util.Locale;

/** Arithmetic over texts that are decimal numbers of any length. */
final class DecimalFunction implements ScalarFunction {

  enum Kind {
    DECIMAL(1),
    DECIMAL_ADD(2),
    DECIMAL_SUB(2),
    DECIMAL_MUL(2),
    DECIMAL_CMP(2);

    private final int arguments;

    Kind(int arguments) {
      this.arguments = arguments;
    }

    String sqlName() {
      return name().toLowerCase(Locale.ROOT);
    }

    int arguments() {
      return arguments;
    }
  }

  private final Kind kind;

  DecimalFunction(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    for (int i = 0; i < count; i++) {
      if (arguments[i].isNull()) {
        result.setNull();
        return;
      }
    }
    BigDecimal a = Decimals.of(arguments[0].asString());
    BigDecimal b = count > 1 ? Decimals.of(arguments[1].asString()) : BigDecimal.ZERO;
    switch (kind) {
      case DECIMAL -> result.setText(a.toPlainString());
      case DECIMAL_ADD -> result.setText(a.add(b).toPlainString());
      case DECIMAL_SUB -> result.setText(a.subtract(b).toPlainString());
      case DECIMAL_MUL -> result.setText(product(a, b).toPlainString());
      case DECIMAL_CMP -> result.setInteger(a.compareTo(b));
    }
  }

  /** Digits behind the point that are zero go, down to as many as the shorter factor had. */
  private static BigDecimal product(BigDecimal a, BigDecimal b) {
    BigDecimal product = a.multiply(b);
    int least = Math.min(a.scale(), b.scale());
    int wanted = Math.max(least, Math.max(0, product.stripTrailingZeros().scale()));
    return product.setScale(wanted);
  }
}
