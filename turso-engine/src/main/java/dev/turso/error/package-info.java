/**
 * What can go wrong, in SQLite's terms.
 *
 * <p>Every failure that the engine reports is a {@link dev.turso.error.DatabaseException}: unchecked,
 * with a {@link dev.turso.error.ResultCode} that is one of SQLite's primary or extended result codes
 * (<a href="https://www.sqlite.org/rescode.html">Result and Error Codes</a>). The exception family is
 * small and sealed, one class per thing that a caller treats differently: a constraint that refused a
 * row, a lock that was not to be had, a damaged file, an I/O error, SQL that does not compile or
 * fails on its data, an interrupt, an API used wrongly. The JDBC driver maps codes to
 * {@code java.sql} subclasses and SQLStates in one place; nothing below it knows JDBC.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>E1: messages equal SQLite's where SQLite has one; otherwise they say what, which object, and
 *       what to do.
 *   <li>E2: a damaged file is a {@link dev.turso.error.CorruptException}, never an assertion: the
 *       file's faults are not our bugs.
 * </ol>
 */
@NullMarked
package dev.turso.error;

import org.jspecify.annotations.NullMarked;
