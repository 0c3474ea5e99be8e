/**
 * Committed row changes as application events.
 *
 * <p>{@link dev.turso.spring.event.RowChangePublisher} finds out at start which row types the
 * application's listeners take, subscribes to the tables of those types only, and publishes one
 * {@link dev.turso.spring.event.RowChangeEvent} per row, in commit order and row order, inside one new
 * transaction per observed commit. It runs on the database's dispatcher thread, never on the thread
 * that commits: during {@code Connection.commit()} Spring's connection is still bound to the
 * committing thread, and what a listener wrote there would land in a transaction that nobody commits.
 * Where the database has a log, commits that listeners were too slow for, and commits of other processes,
 * are read from it ({@code LoggedPast}) and come where they belong in the order of commits.
 *
 * <p>{@link dev.turso.spring.event.RowChangeListener} is the durable form: a container per method reads
 * the change log under a named cursor, which one process owns at a time, and advances it in the
 * transaction in which the method runs. Start at {@link
 * dev.turso.spring.event.RowChangeListenerContainer}.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>V1: a change that was rolled back (statement, savepoint, transaction) is never published.
 *   <li>V2: a listener that throws rolls back its own batch's transaction only.
 *   <li>V3: a table or column that a row type needs and that is missing fails the start, naming both.
 * </ol>
 */
@NullMarked
package dev.turso.spring.event;

import org.jspecify.annotations.NullMarked;
