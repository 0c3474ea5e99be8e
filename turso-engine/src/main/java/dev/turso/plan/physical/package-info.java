/**
 * How a query is going to run: access paths, join order and algorithms, chosen by estimated cost.
 *
 * <pre>
 *   LogicalPlan ──PhysicalPlanner──► PhysicalPlan ──► executable (dev.turso.exec.operator)
 *                                        └──► PlanPrinter: EXPLAIN QUERY PLAN
 * </pre>
 *
 * <p>A physical plan is an immutable tree, like the logical one; expressions in it still refer to
 * columns by identity. Words: a <em>join block</em> is a tree of joins and filters taken apart into
 * inputs and conjuncts; a <em>term</em> is a conjunct that an access path can use; an <em>access
 * path</em> is a way to find rows of one table.
 *
 * <p>Paths are weighed by {@link dev.turso.plan.physical.Costs}: as SQLite does, so that tables that were
 * not analyzed or are small are read in the order its users know; or, where there are statistics and
 * size, by what was measured here.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Every conjunct ends up in exactly one place that checks it, or in an access path that implies
 *       it.
 *   <li>A term is used by an index only if collation and affinity make the index agree with the
 *       comparison.
 *   <li>Where costs are equal, the order in the text decides, so that plans are predictable.
 *   <li>Nothing here reads pages: estimates come from the catalog's statistics or from defaults.
 * </ol>
 *
 * <p>Start reading at {@link dev.turso.plan.physical.PhysicalPlanner}.
 */
@NullMarked
package dev.turso.plan.physical;

import org.jspecify.annotations.NullMarked;
