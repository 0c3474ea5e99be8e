/**
 * Functions of many rows: count, sum, avg, total, min, max, group_concat, the percentiles; the
 * names of the window functions; and the exact float sum that circuits use.
 *
 * <pre>
 *   AggregateFunctions   the table of names
 *      ├ CountAccumulator, SumAccumulator, ExtremeAccumulator, ConcatAccumulator,
 *      │ PercentileAccumulator, DeviationAccumulator, OrderedSetAccumulator
 *      └ ExactSumAccumulator ── ExactFloatSum     order-independent, for views
 * </pre>
 *
 * <p>Queries sum floats as SQLite does, by Kahan and Babuska's method, whose last bit depends on
 * the order of rows. A view has no order, and takes rows out again: there the sum is the correctly
 * rounded exact one ({@code docs/adr/0003-exact-float-sum.md}).
 */
@NullMarked
package dev.turso.function.aggregate;

import org.jspecify.annotations.NullMarked;
