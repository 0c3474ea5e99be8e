package dev.turso.function.aggregate;

import dev.turso.function.Accumulator;
import dev.turso.value.Register;

/** {@code count(*)} and {@code count(x)}: rows, or rows where x is not NULL. State: the count. */
final class CountAccumulator extends Accumulator {

  private long count;

  @Override
  public void step(Register[] arguments, int count) {
    if (count == 0 || !arguments[0].isNull()) {
      this.count++;
    }
  }

  @Override
  public void inverse(Register[] arguments, int count) {
    if (count == 0 || !arguments[0].isNull()) {
      this.count--;
    }
  }

  @Override
  public void value(Register result) {
    result.setInteger(count);
  }

  @Override
  public int stateWidth() {
    return 1;
  }

  @Override
  public void encode(Register[] state) {
    state[0].setInteger(count);
  }

  @Override
  public void decode(Register[] state) {
    count = state[0].integer();
  }
}
