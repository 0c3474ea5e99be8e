package dev.turso.cli.function;

import dev.turso.function.Accumulator;
import dev.turso.function.AggregateFunction;
import dev.turso.function.CallContext;
import dev.turso.value.Register;
import java.math.BigDecimal;

/** {@code decimal_sum}: the exact sum of decimal numbers, without NULLs. */
final class DecimalSum implements AggregateFunction {

  @Override
  public Accumulator create(CallContext context) {
    return new Sum();
  }

  private static final class Sum extends Accumulator {

    private BigDecimal sum = BigDecimal.ZERO;

    @Override
    public void step(Register[] arguments, int count) {
      if (!arguments[0].isNull()) {
        sum = sum.add(Decimals.of(arguments[0].asString()));
      }
    }

    @Override
    public void value(Register result) {
      result.setText(sum.toPlainString());
    }
  }
}
