package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.ExactSum;
import dev.turso.error.SqlException;
import dev.turso.function.Accumulator;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextToNumber;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * sum, total and avg over the exact sum: the same value in whatever order rows come and go.
 *
 * <p>State: rows, rows that are no integers, integer sum, mantissa, exponent, infinities.
 */
final class ExactSumAccumulator extends Accumulator {

  /** Which of the three results is wanted. */
  enum Kind {
    SUM,
    TOTAL,
    AVERAGE
  }

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Kind kind;
  private long rows;
  private long reals;
  private BigInteger integers = BigInteger.ZERO;
  private ExactSum sum = new ExactSum();

  ExactSumAccumulator(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void step(Register[] arguments, int count) {
    add(arguments[0], 1);
  }

  @Override
  public void inverse(Register[] arguments, int count) {
    add(arguments[0], -1);
  }

  private void add(Register argument, int times) {
    if (argument.tag == Tag.TEXT) {
      TextToNumber.convertIfNumeric(argument);
    }
    if (argument.tag == Tag.NULL) {
      return;
    }
    rows += times;
    if (argument.tag == Tag.INTEGER) {
      BigInteger value = BigInteger.valueOf(argument.bits);
      integers = times > 0 ? integers.add(value) : integers.subtract(value);
    } else {
      reals += times;
      sum.add(argument.asDouble(), times);
    }
  }

  @Override
  public void value(Register result) {
    if (kind == Kind.TOTAL) {
      result.setReal(sum.value(integers));
    } else if (rows == 0) {
      result.setNull();
    } else if (kind == Kind.AVERAGE) {
      result.setReal(sum.value(integers) / (double) rows);
    } else if (reals != 0) {
      result.setReal(sum.value(integers));
    } else if (integers.compareTo(LEAST) < 0 || integers.compareTo(MOST) > 0) {
      throw new SqlException("integer overflow");
    } else {
      result.setInteger(integers.longValue());
    }
  }

  @Override
  public int stateWidth() {
    return 7;
  }

  @Override
  public void encode(Register[] state) {
    state[0].setInteger(rows);
    state[1].setInteger(reals);
    if (integers.bitLength() < 64) {
      state[2].setInteger(integers.longValue());
    } else {
      state[2].setBlob(integers.toByteArray());
    }
    state[3].setBlob(sum.mantissa());
    state[4].setInteger(sum.exponent());
    state[5].setInteger(sum.positiveInfinities());
    state[6].setInteger(sum.negativeInfinities());
  }

  @Override
  public void decode(Register[] state) {
    rows = state[0].integer();
    reals = state[1].integer();
    integers =
        state[2].tag == Tag.INTEGER
            ? BigInteger.valueOf(state[2].bits)
            : new BigInteger(bytes(state[2]));
    sum =
        new ExactSum(
            bytes(state[3]), (int) state[4].integer(), state[5].integer(), state[6].integer());
  }

  private static byte[] bytes(Register r) {
    return Arrays.copyOfRange(r.ref, r.offset(), r.offset() + r.length());
  }
}
