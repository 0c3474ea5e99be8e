/**
 * Meaning: a syntax tree becomes algebra.
 *
 * <p>Names become columns, functions become overloads, and affinity and collation are decided, here
 * and nowhere else. What comes out is {@link dev.turso.plan.logical.LogicalPlan} and {@link
 * dev.turso.plan.logical.BoundExpression}; a wrong statement ends here with SQLite's message.
 *
 * <pre>
 *   Select ──Binder──► BoundQuery (plan, names)
 *   INSERT, UPDATE, DELETE ──Binder──► BoundWrite (source plan, what to do with its rows)
 *   Table ──Binder──► TableExpressions (defaults, generated columns, checks, index keys)
 * </pre>
 *
 * <p>Words: a <em>scope</em> is the set of names one level of a query can see, with a way to the
 * level around it; a <em>source</em> is one item of a FROM clause within it.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>B1: every column has one maker and an id of its own (L1 of the algebra).
 *   <li>B2: nothing is looked up after binding; a plan is valid for the catalog it was bound under.
 *   <li>B3: the order of checks is SQLite's where two errors are in one statement and it matters to a
 *       test; elsewhere it is left to right.
 * </ol>
 *
 * <p>Start at {@code Binder}.
 */
@NullMarked
package dev.turso.bind;

import org.jspecify.annotations.NullMarked;
