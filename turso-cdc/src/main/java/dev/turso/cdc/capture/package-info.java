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
 * of everything are in it. A transaction's rows carry the id of its first one, and a COMMIT row ends
 * them, which tells epoch, time and origin. Definitions are rows of {@code sqlite_schema}, with the text
 * of the statement where one was altered.
 *
 * <pre>
 *   turso_cdc            the log                  turso_cdc_schema   which columns a table had from where on
 *   turso_cdc_settings   mode, retention, pruned  turso_cdc_cursor   who has read up to where
 *   turso_cdc_version    the layout of each log
 * </pre>
 *
 * <p>A session may log what it changes into a table of its choice ({@code PRAGMA
 * capture_data_changes_conn}); {@code SessionCapture} takes part in its transactions alone.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>C1: a log row is there exactly if its change is: both are in one transaction.
 *   <li>C2: ids only grow and are never used again, also after the log was pruned.
 *   <li>C3: the log does not log itself, nor other side tables, nor the rows of materialized views.
 *   <li>C4: the newest shape of a table in the history that is not newer than a row is that row's.
 * </ol>
 *
 * <p>Start reading at {@code ChangeLogExtension}.
 */
@NullMarked
package dev.turso.cdc.capture;

import org.jspecify.annotations.NullMarked;
