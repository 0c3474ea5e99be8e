package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.FreeColumns;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One of the conditions that a join block holds together with AND. */
final class Conjunct {

  final BoundExpression expression;

  /** The columns it depends on, those of its subqueries included. */
  final BitSet columns = new BitSet();

  /** The inputs of the block among whose columns those are, one bit each. */
  long inputs;

  Conjunct(BoundExpression expression) {
    this.expression = expression;
    for (BoundColumn each : FreeColumns.of(expression)) {
      columns.set(each.id());
    }
  }

  /** Takes a condition apart at its ANDs. */
  static void split(BoundExpression condition, List<Conjunct> out) {
    if (condition instanceof BoundExpression.And and) {
      split(and.left(), out);
      split(and.right(), out);
    } else if (condition instanceof BoundExpression.RowComparison row
        && row.operator() == ComparisonOperator.EQUAL) {
      for (int i = 0; i < row.lefts().size(); i++) {
        out.add(
            new Conjunct(
                new BoundExpression.Comparison(
                    ComparisonOperator.EQUAL,
                    row.lefts().get(i),
                    row.rights().get(i),
                    row.affinities().get(i),
                    row.collations().get(i))));
      }
    } else {
      out.add(new Conjunct(condition));
    }
  }

  static List<BoundExpression> expressions(List<Conjunct> conjuncts) {
    List<BoundExpression> all = new ArrayList<>(conjuncts.size());
    for (Conjunct each : conjuncts) {
      all.add(each.expression);
    }
    return all;
  }
}
