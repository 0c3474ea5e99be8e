/**
 * What operators are made of: relations that change, and how rows flow between them.
 *
 * <p>A circuit is a tree of {@link dev.turso.dbsp.circuit.CircuitOperator}s compiled from a logical plan.
 * It runs in <em>steps</em>: a step takes the net changes of the base tables since the last one and
 * leaves the net changes of the result.
 *
 * <pre>
 *   changes of tables ─► scan ─► filter ─► project ─┐
 *                                                   ├─► join ─► aggregate ═► changes of the view
 *   changes of tables ─► scan ──────────────────────┘     │         │
 *        every operator can also be asked for its rows:   │         └ state: one entry a group
 *        Access.rows(OLD | NEW), restricted by keys ◄─────┘
 * </pre>
 *
 * <p>A row is not an object: its columns stand in slots of the circuit's {@link
 * dev.turso.exec.expression.Frame}, known since the circuit was compiled, while a sink is called with the
 * row's weight. Expressions are the nodes that queries run, over the same frame.
 *
 * <p>Words: an operator is <em>virtual</em> if it keeps nothing and computes its rows from its inputs'
 * (scan, filter, project, join); <em>stateful</em> if it keeps a trace (aggregate, top-k). The
 * <em>old</em> version of a relation is what it was before the step: the current one with the pending
 * changes taken out, so no snapshot is ever needed. <em>Filling</em> is the step in which everything
 * was empty before.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>X1: the sum of an operator's rows in OLD and its changes is its rows in NEW.
 *   <li>X2: {@link dev.turso.dbsp.circuit.Access#rows} may give more rows than the equalities allow, never
 *       fewer; who asks checks the condition again.
 *   <li>X3: within a step, stateful operators advance once each, inputs first; after that their state
 *       is the new version.
 *   <li>X4: a sink finds all slots of the operator that calls it filled, and they stay so until it
 *       returns, unless it asks that same operator for rows.
 *   <li>X5: the values of {@link dev.turso.dbsp.circuit.CircuitOperator#order} differ for any two rows
 *       of an operator: with them, a row is unique and its weight is 1.
 * </ol>
 *
 * <p>Start at {@link dev.turso.dbsp.circuit.CircuitOperator}, then {@link dev.turso.dbsp.circuit.Circuit}.
 */
@NullMarked
package dev.turso.dbsp.circuit;

import org.jspecify.annotations.NullMarked;
