package dev.turso.function.aggregate;

import dev.turso.function.Accumulator;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;

/** min and max: of equal values the first. State: the value. */
final class ExtremeAccumulator extends Accumulator {

  private final Collation collation;
  private final int sign;
  private final Register best = new Register();

  /**
   * @param sign negative for min, positive for max
   */
  ExtremeAccumulator(Collation collation, int sign) {
    this.collation = collation;
    this.sign = sign;
  }

  @Override
  public void step(Register[] arguments, int count) {
    Register argument = arguments[0];
    if (argument.isNull()) {
      return;
    }
    if (best.isNull() || isBetter(argument)) {
      best.copyFrom(argument);
      best.keep();
    }
  }

  private boolean isBetter(Register argument) {
    int order = Comparison.compare(argument, best, collation);
    return sign < 0 ? order < 0 : order > 0;
  }

  @Override
  public void value(Register result) {
    result.copyFrom(best);
  }

  @Override
  public int stateWidth() {
    return 1;
  }

  @Override
  public void encode(Register[] state) {
    state[0].copyFrom(best);
  }

  @Override
  public void decode(Register[] state) {
    best.copyFrom(state[0]);
    best.keep();
  }
}
