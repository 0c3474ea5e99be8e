/**
 * Materialized views: stored, maintained before every commit, always equal to their query.
 *
 * <pre>
 *   CREATE MATERIALIZED VIEW v AS SELECT …
 *     v                    an ordinary table that holds exactly the rows of the query
 *     turso_views          one row a view: its text, the tables it reads, its status
 *     turso_state_N        what the operators of view N remember: k BLOB PRIMARY KEY, v BLOB
 *     turso_foreign        names of base tables that an engine without this module has written
 *     turso_mark           one row at a rowid that VACUUM and dumps do not keep
 *     turso_watch_…        triggers that such an engine fires; this one passes them by
 *
 *   row changes of a transaction ─► PendingChanges ─► circuit of each view, in the order of creation
 *                                                     └► rows of v ─► circuits of views over v
 * </pre>
 *
 * <p>A view is <em>current</em>, <em>stale</em> (something may have changed that was not seen) or
 * <em>failed</em> (its query cannot be computed over the present data), or <em>empty</em> (created WITH
 * NO DATA) or <em>filling</em> (a thread takes the rows of its tables in slices, while writers go on).
 * Only a current one is read from its table; otherwise the engine reads the defining query. The next
 * writer builds a stale view anew.
 *
 * <p>Everything persistent is in tables of the same file and transaction, so rollback, savepoints and
 * crash safety need no code. In memory there are only compiled circuits, which hold no rows between
 * steps, only cursors that the next one of the same connection goes on with.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>V1: the table of a current view holds, at the end of every maintenance, exactly the rows of its
 *       query, each as often as it occurs.
 *   <li>V2: a view reads only tables and views that were there before it, so the order of ids is an order
 *       of dependency.
 *   <li>V3: nothing is named turso_* in a file before its first view.
 * </ol>
 *
 * <p>Start at {@link dev.turso.dbsp.view.AttachedViews}.
 */
@NullMarked
package dev.turso.dbsp.view;

import org.jspecify.annotations.NullMarked;
