package dev.turso.plan.logical;

import dev.turso.function.AggregateDefinition;
import dev.turso.value.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of a group.
 *
 * @param arguments evaluated on each input row; empty for {@code count(*)}
 * @param distinct whether equal first arguments (under {@code collation}) count once
 * @param filter only rows for which it is true are stepped, or null
 * @param orderBy the order in which rows are stepped; empty where it does not matter
 * @param output the column that holds the result
 * @param collation how the function and DISTINCT compare texts
 */
public record AggregateCall(
    AggregateDefinition function,
    List<BoundExpression> arguments,
    boolean distinct,
    @Nullable BoundExpression filter,
    List<SortKey> orderBy,
    BoundColumn output,
    Collation collation) {}
