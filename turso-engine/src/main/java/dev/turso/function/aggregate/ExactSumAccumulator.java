package dev.turso.function.aggregate;

import dev.turso.error.SqlException;
import dev.turso.function.Accumulator;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/**
 * sum, total and avg as views compute them: by which rows are in, whatever order they came in or
 * left.
 *
 * <p>Integers are summed in 128 bits, floats exactly; the whole is rounded once. sum() fails on
 * overflow only if the final sum of integers does not fit 64 bits, where a query would also fail on
 * the way.
 *
 * <p>State: rows, rows that are REAL, integer sum (two halves), float sum (blob).
 */
final class ExactSumAccumulator extends Accumulator {

  private final SumKind kind;
  private long rows;
  private long realRows;
  private long high;
  private long low;
  private ExactFloatSum floats = new ExactFloatSum();

  ExactSumAccumulator(SumKind kind) {
    this.kind = kind;
  }

  @Override
  public void step(Register[] arguments, int count) {
    Register argument = arguments[0];
    NumericArgument.prepare(argument);
    if (argument.tag == Tag.INTEGER) {
      rows++;
      long value = argument.bits;
      long sum = low + value;
      high += (value >> 63) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
      low = sum;
    } else if (argument.tag != Tag.NULL) {
      rows++;
      realRows++;
      floats.add(argument.asDouble());
    }
  }

  @Override
  public void inverse(Register[] arguments, int count) {
    Register argument = arguments[0];
    NumericArgument.prepare(argument);
    if (argument.tag == Tag.INTEGER) {
      rows--;
      long value = argument.bits;
      high -= (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
      low -= value;
    } else if (argument.tag != Tag.NULL) {
      rows--;
      realRows--;
      floats.subtract(argument.asDouble());
    }
  }

  @Override
  public void value(Register result) {
    if (rows == 0) {
      if (kind == SumKind.TOTAL) {
        result.setReal(0.0);
      } else {
        result.setNull();
      }
      return;
    }
    switch (kind) {
      case SUM -> sum(result);
      case TOTAL -> result.setReal(rounded());
      case AVERAGE -> result.setReal(rounded() / (double) rows);
    }
  }

  private void sum(Register result) {
    if (realRows > 0) {
      result.setReal(rounded());
    } else if (high == low >> 63) {
      result.setInteger(low);
    } else {
      throw new SqlException("integer overflow");
    }
  }

  private double rounded() {
    if (high == 0 && low == 0) {
      return floats.value();
    }
    ExactFloatSum all = floats.copy();
    all.addInteger(high, low);
    return all.value();
  }

  @Override
  public int stateWidth() {
    return 5;
  }

  @Override
  public void encode(Register[] state) {
    state[0].setInteger(rows);
    state[1].setInteger(realRows);
    state[2].setInteger(high);
    state[3].setInteger(low);
    state[4].setBlob(floats.encode());
  }

  @Override
  public void decode(Register[] state) {
    rows = state[0].integer();
    realRows = state[1].integer();
    high = state[2].integer();
    low = state[3].integer();
    floats = ExactFloatSum.decode(state[4].ref, state[4].offset(), state[4].length());
  }
}
