package dev.turso.bind;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.schema.Check;
import dev.turso.schema.Index;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every expression that belongs to a table, bound over one row of it.
 *
 * <p>To compute the key of an index entry that goes away, evaluate the same expressions with {@code
 * row} holding the old values.
 *
 * @param defaults one per column: what INSERT puts where no value is given, null for NULL
 * @param generated one per column: how a generated column is computed, its affinity applied; null
 *     for the others
 * @param generationOrder the generated columns, each after those it is computed from
 * @param checks the CHECK constraints in their order
 * @param indexes for each of {@code table.indexes()} in that order
 */
public record TableExpressions(
    TableRow row,
    List<@Nullable BoundExpression> defaults,
    List<@Nullable BoundExpression> generated,
    int[] generationOrder,
    List<BoundCheck> checks,
    List<BoundIndex> indexes) {

  /** A CHECK constraint: it fails where the expression is false, not where it is NULL. */
  public record BoundCheck(Check check, BoundExpression expression) {}

  /**
   * The expressions of an index.
   *
   * @param parts one for each of {@code index.storedParts()}, a column reference for plain columns
   * @param predicate rows for which it is not true are not in the index; null if it has all rows
   */
  public record BoundIndex(
      Index index, List<BoundExpression> parts, @Nullable BoundExpression predicate) {}
}
