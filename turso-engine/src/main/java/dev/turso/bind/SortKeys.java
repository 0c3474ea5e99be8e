package dev.turso.bind;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.SortKey;
import dev.turso.sql.ast.NullsOrder;
import dev.turso.sql.ast.OrderingTerm;
import java.util.ArrayList;
import java.util.List;

/** Makes sort keys of ordering terms. */
final class SortKeys {

  private SortKeys() {}

  /** Terms that are expressions of the scope and nothing else. */
  static List<SortKey> bind(ExpressionBinder expressions, List<OrderingTerm> terms) {
    List<SortKey> keys = new ArrayList<>();
    for (OrderingTerm each : terms) {
      keys.add(of(expressions.bind(each.expression()), each));
    }
    return keys;
  }

  /** The key that sorts by an expression as a term says. */
  static SortKey of(BoundExpression expression, OrderingTerm term) {
    boolean nullsFirst =
        term.nulls() == null ? !term.descending() : term.nulls() == NullsOrder.FIRST;
    return new SortKey(expression, term.descending(), nullsFirst, Collations.forOrder(expression));
  }

  /** An ascending key, as grouping uses it. */
  static SortKey ascending(BoundExpression expression) {
    return new SortKey(expression, false, true, Collations.forOrder(expression));
  }
}
