package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a plan cost and what conditions leave, in one of two ways.
 *
 * <p>Habitual: as SQLite weighs them, so that unanalyzed and small tables are read in the order its
 * users know. Measured: where all tables of a block are analyzed and one of them is large, by what the
 * steps take here; 20 units are about a microsecond of a warm process.
 */
enum Costs {
  HABITUAL {
    @Override
    double left(double rows, double tableRows, List<Conjunct> conjuncts, List<Conjunct> used) {
      double n = rows;
      double cap = rows;
      for (Conjunct each : conjuncts) {
        if (!used.contains(each)) {
          n *= 0.93;
          if (isEquality(each)) {
            cap = Math.min(cap, Math.max(1, tableRows / 4));
          }
        }
      }
      return Math.max(Math.min(n, cap), rows < 1 ? rows : 1);
    }

    @Override
    double leftOfOne(double tableRows, List<Conjunct> conjuncts, Conjunct used) {
      return 1;
    }

    @Override
    double range(double rows, @Nullable Term lower, @Nullable Term upper) {
      double n = rows;
      n *= lower == null ? 1 : 0.25;
      n *= upper == null ? 1 : 0.25;
      n *= lower != null && upper != null ? 0.25 : 1;
      return Math.max(n, 2);
    }

    @Override
    double rowOfRange() {
      return 1.1;
    }

    @Override
    double rowOfEntry() {
      return ROW;
    }

    @Override
    double group(double rows) {
      return Estimates.sort(rows);
    }
  },

  MEASURED {
    @Override
    double left(double rows, double tableRows, List<Conjunct> conjuncts, List<Conjunct> used) {
      double n = rows;
      for (Conjunct each : conjuncts) {
        if (!used.contains(each)) {
          n *= Selectivity.of(each.expression, tableRows);
        }
      }
      return n;
    }

    @Override
    double leftOfOne(double tableRows, List<Conjunct> conjuncts, Conjunct used) {
      return left(1, tableRows, conjuncts, List.of(used));
    }

    @Override
    double range(double rows, @Nullable Term lower, @Nullable Term upper) {
      return Math.max(2, rows * (lower != null && upper != null ? 0.1 : 1 / 3.0));
    }

    @Override
    double rowOfRange() {
      return ROW;
    }

    @Override
    double rowOfEntry() {
      return 12;
    }

    @Override
    double group(double rows) {
      return rows * 6;
    }
  };

  /** Cost of reading a row of a scan. */
  static final double ROW = 3.03;

  /** How many rows some table must have for what was measured to count. */
  static final double LARGE = 10_000;

  /** What the conditions, except those used already, leave of some rows of a table. */
  abstract double left(
      double rows, double tableRows, List<Conjunct> conjuncts, List<Conjunct> used);

  /** As {@link #left} of the one row that a rowid finds. */
  abstract double leftOfOne(double tableRows, List<Conjunct> conjuncts, Conjunct used);

  /** How many of the rows lie in a range. */
  abstract double range(double rows, @Nullable Term lower, @Nullable Term upper);

  /** Cost of a row in a range of rowids. */
  abstract double rowOfRange();

  /** Cost of fetching the row that an index entry names. */
  abstract double rowOfEntry();

  /** Cost of grouping rows that come in any order. */
  abstract double group(double rows);

  private static boolean isEquality(Conjunct conjunct) {
    return conjunct.expression instanceof BoundExpression.Comparison c
        && c.operator() == ComparisonOperator.EQUAL;
  }
}
