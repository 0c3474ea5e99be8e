package dev.turso.function.aggregate;

import dev.turso.error.SqlException;
import dev.turso.function.Accumulator;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.List;

/**
 * percentile_cont, percentile_disc and mode with {@code WITHIN GROUP (ORDER BY x)}, as the SQL standard
 * has them: values of any type, sorted under the collation of x.
 *
 * <p>They are Turso's. SQLite's functions of the same names, called without WITHIN GROUP, take numbers
 * only and give REAL: {@link PercentileAccumulator}.
 */
final class OrderedSetAccumulator extends Accumulator {

  /** Which of the three. */
  enum Kind {
    CONTINUOUS,
    DISCRETE,
    MODE
  }

  private final Kind kind;
  private final Collation collation;
  private final List<Register> values = new ArrayList<>();
  private double fraction = Double.NaN;

  OrderedSetAccumulator(Kind kind, Collation collation) {
    this.kind = kind;
    this.collation = collation;
  }

  @Override
  public void step(Register[] arguments, int count) {
    if (count > 1) {
      takeFraction(arguments[1]);
    }
    Register argument = arguments[0];
    boolean numeric = argument.tag == Tag.INTEGER || argument.tag == Tag.REAL;
    if (argument.isNull() || kind == Kind.CONTINUOUS && !numeric) {
      return;
    }
    Register kept = new Register();
    kept.copyFrom(argument);
    kept.keep();
    values.add(kept);
  }

  private void takeFraction(Register argument) {
    if (argument.isNull()) {
      return;
    }
    fraction = argument.asDouble();
    if (fraction < 0.0 || fraction > 1.0) {
      throw new SqlException("the fraction of a percentile is not between 0.0 and 1.0");
    }
  }

  @Override
  public void value(Register result) {
    if (values.isEmpty() || kind != Kind.MODE && Double.isNaN(fraction)) {
      result.setNull();
      return;
    }
    values.sort((a, b) -> Comparison.compare(a, b, collation));
    switch (kind) {
      case CONTINUOUS -> continuous(result);
      case DISCRETE -> {
        // the first value at or below which that fraction of the rows lies
        int index = (int) Math.ceil(fraction * values.size()) - 1;
        result.copyFrom(values.get(Math.max(index, 0)));
      }
      case MODE -> result.copyFrom(mostFrequent());
    }
  }

  private void continuous(Register result) {
    double position = fraction * (values.size() - 1);
    int below = (int) position;
    double low = values.get(below).asDouble();
    double high = values.get(Math.min(below + 1, values.size() - 1)).asDouble();
    result.setReal(low + (high - low) * (position - below));
  }

  /** Of values equally frequent the smallest. */
  private Register mostFrequent() {
    Register best = values.get(0);
    int bestCount = 0;
    int start = 0;
    for (int i = 1; i <= values.size(); i++) {
      if (i == values.size() || !Comparison.same(values.get(start), values.get(i), collation)) {
        if (i - start > bestCount) {
          bestCount = i - start;
          best = values.get(start);
        }
        start = i;
      }
    }
    return best;
  }
}
