/**
 * A connection: what it has open, what it has set, and what its transaction has done so far.
 *
 * <pre>
 *   Connection ── AttachedDatabase (main, temp, …) ── Pager, DatabaseSchema, ChangeLog
 *              ── Transactions     BEGIN … COMMIT, savepoints, what a failed statement undoes
 *              ── Preparation      text → Program: query, write, command
 *              ── Running          one execution of a program: rows, and the end of its transaction
 *   SharedDatabase                 what all connections of one file share: listeners, extensions
 * </pre>
 *
 * <p>Words: a <em>program</em> is a compiled statement; it has state and serves one execution at a
 * time. A program is valid for the schemas it was compiled under: every start compares the cookies of
 * the databases it uses, and compiles anew if one has moved.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>SE1: outside an explicit transaction a statement that writes is committed or rolled back
 *       before it returns; a snapshot is held only while rows are being read.
 *   <li>SE2: a failed statement undoes itself and nothing else, unless its conflict clause says so.
 *   <li>SE3: savepoints of pages, of change sets and of counters are set, undone and released
 *       together, and only here.
 *   <li>SE4: only this package reads the clock and randomness, for the functions that ask.
 * </ol>
 */
@NullMarked
package dev.turso.session;

import org.jspecify.annotations.NullMarked;
