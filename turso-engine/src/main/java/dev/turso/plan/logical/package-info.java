/**
 * The algebra: what a statement means, as immutable trees that can be printed.
 *
 * <p>{@link dev.turso.plan.logical.LogicalPlan} is a relation, {@link
 * dev.turso.plan.logical.BoundExpression} a value computed from a row, and {@link
 * dev.turso.plan.logical.BoundColumn} the one way in which the second refers to the first.
 *
 * <pre>
 *   SELECT g, count(*) FROM t WHERE a &gt; 1 GROUP BY g
 *
 *   Project g#3, count#4
 *     Aggregate by g#1 -&gt; g#3 : count(*) -&gt; count#4
 *       Filter a#0 &gt; 1
 *         Scan t [a#0, g#1, rowid#2]
 * </pre>
 *
 * <p>This is the fork of the system: the executor and the circuit compiler both start here, so that
 * a query and a materialized view cannot disagree about what an expression means.
 *
 * <p>Words: a <em>column</em> is produced by exactly one node; a node is <em>correlated</em> when an
 * expression below it refers to a column that nothing below it produces ({@link
 * dev.turso.plan.logical.FreeColumns}).
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>L1: a column's id is unique within its statement; columns are never matched by position or
 *       name.
 *   <li>L2: affinities and collations stand in the nodes that need them. Nothing above the binder
 *       works one out.
 *   <li>L3: an expression refers to columns of its node's inputs, or to columns of an enclosing
 *       query.
 *   <li>L4: a node whose output columns are new ({@code Project}, {@code Aggregate}, {@code
 *       SetOperation} …) never hands on an input's column under the same id.
 *   <li>L5: trees are at most as deep as the parser allows text to be, so recursion is safe.
 * </ol>
 *
 * <p>Start at {@link dev.turso.plan.logical.LogicalPlan}. {@code dev.turso.bind} makes these trees,
 * {@code dev.turso.plan.optimize} rewrites them.
 */
@NullMarked
package dev.turso.plan.logical;

import org.jspecify.annotations.NullMarked;
