/**
 * Rewrites of the algebra that are right whatever the data is.
 *
 * <pre>
 *   LogicalPlan ── rule ── rule ── … ──► LogicalPlan that means the same
 * </pre>
 *
 * <p>One {@link dev.turso.plan.optimize.Rule} per file, applied in the order that {@link
 * dev.turso.plan.optimize.Optimizer} lists them; {@link dev.turso.plan.optimize.Optimizer.Trace}
 * sees the plan after each rule that changed it. What depends on sizes (join order, indexes,
 * algorithms) is {@code dev.turso.plan.physical}'s to choose; it also takes projections and filters
 * apart for itself, so nothing here moves an inner join's conditions about.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>O1: the root keeps its columns, the very same objects in the same order.
 *   <li>O2: the order of rows is kept, also where nothing promises one: applications see it.
 *   <li>O3: a rule never makes an expression run that would not have run, if it could fail.
 *   <li>O4: comparisons keep the affinity and collation they were bound with.
 * </ol>
 *
 * <p>Start at {@link dev.turso.plan.optimize.Optimizer}.
 */
@NullMarked
package dev.turso.plan.optimize;

import org.jspecify.annotations.NullMarked;
