/**
 * What a transaction changed, row by row, and who is told.
 *
 * <p>One change set per transaction and database file is the only source for change data capture,
 * materialized views and live queries. Rows enter it at the row-write primitive, below triggers,
 * cascades, REPLACE and the truncating DELETE, so nothing goes past it; only tables that somebody
 * {@linkplain dev.turso.change.ChangeInterest wants} are recorded.
 *
 * <pre>
 *   TableWriter ─► ChangeSet ──before commit──► CommitParticipant.maintain (views, log: same transaction)
 *                      └────────after publish─► CommitListener.committed  (one dispatcher, commit order)
 * </pre>
 *
 * <p>Words: a <em>mark</em> is an offset in a change set, taken where a statement or savepoint
 * starts; going back truncates to it. The <em>watermark</em> is the offset up to which participants
 * have maintained; it moves forward before a read of a maintained table, before DDL and at COMMIT. A
 * <em>position</em> names one commit of one file for ever.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>C1: a change that was rolled back (statement, savepoint, transaction) is never seen after
 *       that by a participant and never at all by a listener.
 *   <li>C2: listeners see commits in commit order, each once, after its locks are released, on a
 *       thread that is not the committing one.
 *   <li>C3: without interested readers nothing is recorded and nothing is published.
 *   <li>C4: a watermark never passes the end of the change set, and truncation pulls it back.
 * </ol>
 *
 * <p>Start at {@link dev.turso.change.RowChange} and {@link dev.turso.change.DatabaseExtension}.
 */
@NullMarked
package dev.turso.change;

import org.jspecify.annotations.NullMarked;
