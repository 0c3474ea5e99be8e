/**
 * How long the log's rows are kept.
 *
 * <pre>
 *   oldest row ──────────── keep_age, keep_rows, slowest cursor ──────────── newest row
 *       └─ limit_age, limit_rows, limit_bytes: removed whoever still waits for them
 * </pre>
 *
 * <p>A row goes once it is older than {@code keep_age}, not among the newest {@code keep_rows}, and every
 * cursor is past it. A row beyond {@code limit_age}, {@code limit_rows} or {@code limit_bytes} goes in any
 * case, and a cursor that had not seen it has failed: its reader is told so, and nothing is skipped in
 * silence. Without a policy everything is kept. Bytes are those of the rows; a reader that has died
 * keeps a file from growing beyond what it needs for them, as the pages of removed rows are used again.
 *
 * <p>Writers sweep as they go, a few rows in each some hundred or each megabyte; nobody else's turn is
 * needed.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>P1: rows go from the oldest on and by whole transactions (but those of enormous ones).
 *   <li>P2: a cursor behind a removed row is failed in the transaction that removes it.
 *   <li>P3: {@code turso_cdc_settings} tells the last row removed, so that a position just after it is
 *       known to miss nothing.
 * </ol>
 *
 * <p>Start at {@link dev.turso.cdc.retention.RetentionPolicy}.
 */
@NullMarked
package dev.turso.cdc.retention;

import org.jspecify.annotations.NullMarked;
