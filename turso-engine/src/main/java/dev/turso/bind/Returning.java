package dev.turso.bind;

import dev.turso.plan.logical.BoundExpression;
import java.util.List;

/**
 * A RETURNING clause.
 *
 * @param row the row as it was written, or deleted
 * @param expressions one per result column
 * @param names how the result columns are called
 */
public record Returning(TableRow row, List<BoundExpression> expressions, List<String> names) {}
