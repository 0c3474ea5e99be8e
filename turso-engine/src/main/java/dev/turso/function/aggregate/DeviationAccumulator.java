package dev.turso.function.aggregate;

import dev.turso.function.Accumulator;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/**
 * stddev: the standard deviation of a sample, by Welford's method; NULL for fewer than two numbers.
 * It is Turso's, not SQLite's. State: count, mean, sum of squared distances from the mean.
 */
final class DeviationAccumulator extends Accumulator {

  private long count;
  private double mean;
  private double squares;

  @Override
  public void step(Register[] arguments, int argumentCount) {
    Register argument = arguments[0];
    NumericArgument.prepare(argument);
    if (argument.tag == Tag.NULL) {
      return;
    }
    double value = argument.asDouble();
    count++;
    double distance = value - mean;
    mean += distance / count;
    squares += distance * (value - mean);
  }

  @Override
  public void value(Register result) {
    if (count < 2) {
      result.setNull();
    } else {
      result.setReal(Math.sqrt(squares / (count - 1)));
    }
  }

  @Override
  public int stateWidth() {
    return 3;
  }

  @Override
  public void encode(Register[] state) {
    state[0].setInteger(count);
    state[1].setInteger(Double.doubleToRawLongBits(mean));
    state[2].setInteger(Double.doubleToRawLongBits(squares));
  }

  @Override
  public void decode(Register[] state) {
    count = state[0].integer();
    mean = Double.longBitsToDouble(state[1].integer());
    squares = Double.longBitsToDouble(state[2].integer());
  }
}
