/**
 * Bound expressions as trees of nodes that compute one value each.
 *
 * <pre>
 *   BoundExpression ──ExpressionCompiler──► Node          (once per executable)
 *   Node.eval(Frame) ──► tag, and the value in the frame's lane   (once per row)
 * </pre>
 *
 * <p>A {@link dev.turso.exec.expression.Frame} holds everything that changes while a statement runs:
 * registers, the current row of each source ({@link dev.turso.exec.expression.RowSource}),
 * parameters, and the <em>lane</em>, the fields that receive the value of the node evaluated last.
 * A statement has one frame, its subqueries included; so a correlated reference is an ordinary
 * reference to a row of the same frame.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A lane is read only after its tag: a NULL leaves stale bits behind.
 *   <li>A TEXT or BLOB in the lane is a slice of somebody's bytes (a page, a record, a node's
 *       buffer). It is good until the row it came from moves or the same node is evaluated again.
 *       Who holds a value longer copies it.
 *   <li>Evaluating a child overwrites the lane: a node with two operands saves the first one.
 *   <li>Nodes may keep buffers in fields. A tree of nodes and its frame serve one execution at a
 *       time.
 *   <li>Affinity and collation were decided by the binder; nodes apply, they do not choose.
 * </ol>
 *
 * <p>A node may also know how to compute its value for many rows of a leaf at once ({@link
 * dev.turso.exec.expression.RowVector}). It does so only where every value is of the one kind it is
 * meant for and nothing overflows, says so otherwise, and the rows are then evaluated one by one: so
 * these loops decide no question of SQL.
 *
 * <p>Start reading at {@link dev.turso.exec.expression.Node}.
 */
@NullMarked
package dev.turso.exec.expression;

import org.jspecify.annotations.NullMarked;
