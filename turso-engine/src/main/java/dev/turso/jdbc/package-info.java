/**
 * The JDBC driver: thin over the root package, it translates calls and holds no database logic.
 *
 * <p>A {@code JdbcConnection} wraps one {@link dev.turso.Session}; a statement wraps what the session
 * prepared; a result set reads the session's rows as they are pulled. What the driver adds is JDBC's
 * own manners: transactions that begin with the first statement, generated keys by {@code RETURNING},
 * several statements in one string, dates and times in every form that SQLite's date functions read,
 * metadata as the tools of the field expect it, and the mapping of result codes to {@code
 * java.sql} exceptions and SQLStates ({@code SqlErrors}).
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>J1: {@code getDatabaseProductName()} is exactly {@code SQLite}; tools key on it. The driver's
 *       name, version and URL name us.
 *   <li>J2: what makes no sense over SQLite is refused with {@link
 *       java.sql.SQLFeatureNotSupportedException}; nothing returns null or does nothing instead.
 *   <li>J3: with auto-commit off the first statement decides how the transaction begins: a write
 *       joins the writers' queue, a read takes a snapshot.
 *   <li>J4: {@code getErrorCode()} is SQLite's primary result code.
 * </ol>
 *
 * <p>Start reading at {@code TursoDriver}, then {@code JdbcConnection}.
 */
@NullMarked
package dev.turso.jdbc;

import org.jspecify.annotations.NullMarked;
