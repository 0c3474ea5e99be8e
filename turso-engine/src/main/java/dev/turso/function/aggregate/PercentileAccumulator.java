package dev.turso.function.aggregate;

import dev.turso.error.SqlException;
import dev.turso.function.Accumulator;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.Arrays;

/**
 * median, percentile, percentile_cont and percentile_disc: all numbers of the group, sorted when
 * asked.
 *
 * @see <a href="https://www.sqlite.org/percentile.html">The percentile functions</a>
 */
final class PercentileAccumulator extends Accumulator {

  /** Two fractions closer than this are the same. */
  private static final double SAME = 0.001;

  private final String name;
  private final double top;
  private final boolean discrete;
  private double fraction = 0.5;
  private boolean fractionKnown;
  private double[] numbers = new double[16];
  private int count;
  private boolean sorted = true;

  /**
   * @param name of the function, for messages
   * @param top what the fraction is given as a part of: 1 or 100
   * @param discrete whether the result is one of the numbers, rather than between two
   */
  PercentileAccumulator(String name, double top, boolean discrete) {
    this.name = name;
    this.top = top;
    this.discrete = discrete;
  }

  @Override
  public void step(Register[] arguments, int argumentCount) {
    if (argumentCount > 1) {
      takeFraction(arguments[1]);
    }
    Register argument = arguments[0];
    if (argument.isNull()) {
      return;
    }
    if (argument.tag >= Tag.TEXT) {
      throw new SqlException("input to " + name + "() is not numeric");
    }
    double number = argument.asDouble();
    if (Double.isInfinite(number)) {
      throw new SqlException("Inf input to " + name + "()");
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, count * 2);
    }
    sorted = count == 0 || sorted && number >= numbers[count - 1];
    numbers[count++] = number;
  }

  private void takeFraction(Register argument) {
    NumericArgument.prepare(argument);
    double given = argument.asDouble() / top;
    boolean numeric = argument.tag == Tag.INTEGER || argument.tag == Tag.REAL;
    if (!numeric || given < 0.0 || given > 1.0) {
      throw new SqlException(
          "the fraction argument to " + name + "() is not between 0.0 and " + top);
    }
    if (!fractionKnown) {
      fraction = given;
      fractionKnown = true;
    } else if (Math.abs(fraction - given) > SAME) {
      throw new SqlException(
          "the fraction argument to " + name + "() is not the same for all input rows");
    }
  }

  @Override
  public void inverse(Register[] arguments, int argumentCount) {
    Register argument = arguments[0];
    if (argument.tag != Tag.INTEGER && argument.tag != Tag.REAL) {
      return;
    }
    sort();
    // -0.0 and 0.0 are one number here, but not to the search
    int at = Arrays.binarySearch(numbers, 0, count, argument.asDouble());
    if (at < 0 && argument.asDouble() == 0.0) {
      at = Arrays.binarySearch(numbers, 0, count, -argument.asDouble());
    }
    if (at >= 0) {
      count--;
      System.arraycopy(numbers, at + 1, numbers, at, count - at);
    }
  }

  private void sort() {
    if (!sorted) {
      Arrays.sort(numbers, 0, count);
      sorted = true;
    }
  }

  @Override
  public void value(Register result) {
    if (count == 0) {
      result.setNull();
      return;
    }
    sort();
    double position = fraction * (count - 1);
    int below = (int) position;
    double low = numbers[below];
    if (discrete) {
      result.setReal(low);
      return;
    }
    double high = position == below || below == count - 1 ? low : numbers[below + 1];
    result.setReal(low + (high - low) * (position - below));
  }
}
