/**
 * Writes the change log: one row per changed row, in the transaction that changed it.
 *
 * <p>The log is an ordinary table, {@code turso_cdc}, in the layout that readers of Turso's log know
 * (version 2). It is switched on for the database by {@code PRAGMA turso_capture = 'full'}, which is
 * kept in the file; the mode says how much of a row is logged:
 *
 * <pre>
 *   id      the key
 *   before  the row before
 *   after   the row after
 *   full    both, and for an update which columns changed
 * </pre>
 *
 * <p>Rows are captured at the engine's row-write primitive, so triggers, cascades, REPLACE and a DELETE
 * of everything are in it. A transaction's rows carry the id of its first one, and a COMMIT row ends them.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>C1: a log row is there exactly if its change is: both are in one transaction.
 *   <li>C2: ids only grow and are never used again, also after the log was pruned.
 *   <li>C3: the log does not log itself, nor other side tables.
 * </ol>
 *
 * <p>Start reading at {@code ChangeLogExtension}.
 */
@NullMarked
package dev.turso.cdc.capture;

import org.jspecify.annotations.NullMarked;
