package dev.turso.function.aggregate;

import dev.turso.error.SqlException;
import dev.turso.function.Accumulator;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/**
 * sum, total and avg as queries compute them: exactly over integers; from the first REAL or
 * overflow on as a double with a running error term (Neumaier's variant of Kahan's method), in row
 * order.
 *
 * <p>State: rows, integer sum, float sum, error term, flags.
 *
 * @see <a href="https://www.sqlite.org/lang_aggfunc.html#sumunc">sum() and total()</a>
 */
final class SumAccumulator extends Accumulator {

  /** 2<sup>52</sup>: integers from here on are added in two parts. */
  private static final long LARGE = 1L << 52;

  private static final long SMALL_PART = 1 << 14;

  private static final int APPROXIMATE = 1;
  private static final int OVERFLOWN = 2;

  private final SumKind kind;
  private long rows;
  private long integers;
  private double sum;
  private double error;
  private boolean approximate;
  private boolean overflown;

  SumAccumulator(SumKind kind) {
    this.kind = kind;
  }

  @Override
  public void step(Register[] arguments, int count) {
    Register argument = arguments[0];
    NumericArgument.prepare(argument);
    if (argument.tag == Tag.INTEGER) {
      rows++;
      addInteger(argument.bits);
    } else if (argument.tag != Tag.NULL) {
      rows++;
      addReal(argument.asDouble());
    }
  }

  private void addInteger(long value) {
    if (approximate) {
      addSplit(value);
      return;
    }
    long next = integers + value;
    if (((integers ^ next) & (value ^ next)) < 0) {
      overflown = true;
      turnApproximate();
      addSplit(value);
    } else {
      integers = next;
    }
  }

  private void addReal(double value) {
    if (approximate) {
      overflown = false;
    } else {
      turnApproximate();
    }
    addFloat(value);
  }

  @Override
  public void inverse(Register[] arguments, int count) {
    Register argument = arguments[0];
    NumericArgument.prepare(argument);
    if (argument.tag == Tag.NULL) {
      return;
    }
    rows--;
    if (argument.tag == Tag.INTEGER) {
      subtractInteger(argument.bits);
    } else {
      addFloat(-argument.asDouble());
    }
  }

  private void subtractInteger(long value) {
    if (!approximate) {
      long next = integers - value;
      if (((integers ^ value) & (integers ^ next)) >= 0) {
        integers = next;
        return;
      }
      overflown = true;
      turnApproximate();
    }
    if (value == Long.MIN_VALUE) {
      addSplit(Long.MAX_VALUE);
      addSplit(1);
    } else {
      addSplit(-value);
    }
  }

  private void turnApproximate() {
    approximate = true;
    boolean large = integers <= -LARGE || integers >= LARGE;
    long small = large ? integers % SMALL_PART : 0;
    sum = (double) (integers - small);
    error = (double) small;
  }

  private void addSplit(long value) {
    if (value <= -LARGE || value >= LARGE) {
      long small = value % SMALL_PART;
      addFloat((double) (value - small));
      addFloat((double) small);
    } else {
      addFloat((double) value);
    }
  }

  private void addFloat(double value) {
    double next = sum + value;
    if (Math.abs(sum) > Math.abs(value)) {
      error += (sum - next) + value;
    } else {
      error += (value - next) + sum;
    }
    sum = next;
  }

  @Override
  public void value(Register result) {
    switch (kind) {
      case SUM -> sumValue(result);
      case TOTAL -> result.setReal(floatValue());
      case AVERAGE -> {
        if (rows == 0) {
          result.setNull();
        } else {
          result.setReal(floatValue() / (double) rows);
        }
      }
    }
  }

  private void sumValue(Register result) {
    if (rows == 0) {
      result.setNull();
    } else if (!approximate) {
      result.setInteger(integers);
    } else if (overflown) {
      throw new SqlException("integer overflow");
    } else {
      result.setReal(floatValue());
    }
  }

  private double floatValue() {
    if (!approximate) {
      return (double) integers;
    }
    return Double.isFinite(error) ? sum + error : sum;
  }

  @Override
  public int stateWidth() {
    return 5;
  }

  @Override
  public void encode(Register[] state) {
    state[0].setInteger(rows);
    state[1].setInteger(integers);
    state[2].setInteger(Double.doubleToRawLongBits(sum));
    state[3].setInteger(Double.doubleToRawLongBits(error));
    state[4].setInteger((approximate ? APPROXIMATE : 0) | (overflown ? OVERFLOWN : 0));
  }

  @Override
  public void decode(Register[] state) {
    rows = state[0].integer();
    integers = state[1].integer();
    sum = Double.longBitsToDouble(state[2].integer());
    error = Double.longBitsToDouble(state[3].integer());
    approximate = (state[4].integer() & APPROXIMATE) != 0;
    overflown = (state[4].integer() & OVERFLOWN) != 0;
  }
}
