/**
 * Writing rows: what INSERT, UPDATE and DELETE do to tables, and all that hangs on a row.
 *
 * <pre>
 *   InsertOperation  UpdateOperation  DeleteOperation      one statement, pulls its source plan
 *          └───────────────┼───────────────┘
 *      RowInserter     RowUpdater     RowDeleter           one row: triggers, checks, keys, RETURNING
 *          └───────────────┼───────────────┘
 *                     TableWriter                          the row-write primitive: B-tree, indexes,
 *                          └── IndexWriter                 change capture; knows no constraint
 * </pre>
 *
 * <p>Words: <em>NEW</em> is the row being written, in registers of the statement's frame, one per
 * column and one for the rowid. <em>OLD</em> is the row in the table, a row source of the frame over
 * the record that the writer's cursor is on. Every expression of the table exists twice, compiled
 * over NEW and over OLD.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>W1: nothing but {@link dev.turso.exec.write.TableWriter} changes a table's tree, so nothing
 *       goes past change capture.
 *   <li>W2: a statement reads its source to the end before it writes wherever a write could be seen
 *       by the source (the Halloween problem).
 *   <li>W3: the order of checks is SQLite's: NOT NULL, CHECK, rowid, unique indexes; those that
 *       REPLACE come last.
 *   <li>W4: before a constraint's exception leaves an operation, {@link
 *       dev.turso.exec.write.WriteContext#failure} says what it undoes.
 *   <li>W5: a trigger program has a frame of its own, so it may recurse.
 * </ol>
 *
 * <p>Start at {@link dev.turso.exec.write.RowInserter}.
 */
@NullMarked
package dev.turso.exec.write;

import org.jspecify.annotations.NullMarked;
