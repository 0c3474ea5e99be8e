package dev.turso.bind;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.Collate;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.ScalarSubquery;
import dev.turso.plan.logical.ColumnOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A result column of one SELECT.
 *
 * @param expression its value over the sources, before grouping
 * @param name what it is called in the result
 * @param innerName what it is called where the SELECT stands in a FROM clause, before equal names are
 *     told apart
 * @param alias what AS gives, or null
 */
record ResultItem(
    BoundExpression expression, String name, String innerName, @Nullable String alias) {

  /** The column this item hands on unchanged, or null. */
  @Nullable BoundColumn source() {
    if (expression instanceof ColumnReference reference) {
      return reference.column();
    }
    if (expression instanceof ScalarSubquery subquery) {
      return subquery.plan().columns().get(subquery.column());
    }
    return null;
  }

  /** The output column that this item makes. */
  BoundColumn column(BindContext context, boolean derived) {
    BoundColumn source = source();
    BoundExpression bare = expression instanceof Collate collate ? collate.operand() : expression;
    ColumnOrigin origin = source == null ? null : source.origin();
    boolean nullable =
        !(bare instanceof ColumnReference reference) || reference.column().nullable();
    return context.column(
        name,
        expression.affinity(),
        derived ? Collations.forOrder(expression) : Collations.of(expression),
        nullable,
        origin,
        source == null ? null : source.declaredType());
  }
}
