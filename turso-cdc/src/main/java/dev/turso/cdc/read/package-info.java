/**
 * Reads the change log of a database: as records of table rows, transaction by transaction, from a
 * position, with named cursors that survive restarts.
 *
 * <pre>
 *   turso_cdc ──► LogScan (pages of rows) ──► ChangeBatch (one transaction, or a piece) ──► consumer
 *   turso_cdc_schema ──► SchemaVersions ──► TableShape of each record        │
 *   turso_cdc_cursor ◄── advanced in the consumer's own transaction ◄────────┘
 * </pre>
 *
 * <p>Words: a <em>position</em> names a place in the log for ever: an epoch and the id of a log row. A
 * <em>cursor</em> is a named position in the file. A <em>lease</em> makes one reader its owner for some
 * seconds, and the lease's <em>fence</em> number lets the cursor move only for the newest owner. A
 * cursor that retention overtook has <em>failed</em> and says so at the next poll.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>R1: a batch holds changes of one transaction that is committed; batches come in the order of
 *       commits, and their changes in the order of writing.
 *   <li>R2: a cursor is advanced in the transaction that holds the consumer's effects, and only by the
 *       owner of its lease: effects in the same database happen exactly once.
 *   <li>R3: a snapshot and the changes after it are of one cut: nothing is missing between them and
 *       nothing is in both.
 *   <li>R4: a position that is pruned or that the log never kept is refused; other data is never given
 *       for it.
 * </ol>
 *
 * <p>Reading is done through ordinary sessions, so it neither blocks writers nor needs their turn. Start
 * reading at {@link dev.turso.cdc.read.ChangeLog}.
 */
@NullMarked
package dev.turso.cdc.read;

import org.jspecify.annotations.NullMarked;
