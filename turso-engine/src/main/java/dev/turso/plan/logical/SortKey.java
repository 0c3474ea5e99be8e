package dev.turso.plan.logical;

import dev.turso.value.Collation;

/** One key of an order. Without {@code nullsFirst}, NULLs come after everything else. */
public record SortKey(
    BoundExpression expression, boolean descending, boolean nullsFirst, Collation collation) {}
