/**
 * The public API of the engine, on one page.
 *
 * <pre>
 *   Database.open(path, options)      one per file in the JVM, safe for any thread
 *     .connect() ── Session           a connection: one thread at a time
 *        .prepare(sql) ── Statement   bound and run, again and again
 *           .query() ── Rows          one row at a time
 *     .changes()  ── ChangeStream     every committed change, in commit order
 * </pre>
 *
 * <p>Columns are counted from 0 and parameters from 1, as in SQLite's own API. What fails throws a
 * {@link dev.turso.error.DatabaseException} with SQLite's code and message. JDBC ({@code
 * dev.turso.jdbc}) is thin over this.
 */
@NullMarked
package dev.turso;

import org.jspecify.annotations.NullMarked;
