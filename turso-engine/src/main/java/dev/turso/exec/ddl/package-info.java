/**
 * Statements that change a schema: what CREATE, DROP, ALTER, REINDEX and ANALYZE do to {@code
 * sqlite_schema} and to B-trees.
 *
 * <p>Each statement is a {@link dev.turso.exec.ddl.SchemaCommand}, run inside a write transaction
 * that its caller opened and undoes on failure. A command checks, creates or drops trees, edits rows
 * of {@code sqlite_schema} through {@link dev.turso.exec.ddl.SchemaEditor}, and has the schema read
 * again. What it can say in SQL it runs as SQL, through {@link
 * dev.turso.exec.ddl.SchemaContext#execute}.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>DD1: the texts kept in {@code sqlite_schema} are those that SQLite keeps: normalised up to
 *       the object's name, as written from there.
 *   <li>DD2: every change of a schema changes its cookie, so that others read it again.
 *   <li>DD3: nothing is kept in memory that the rows of {@code sqlite_schema} do not say.
 * </ol>
 */
@NullMarked
package dev.turso.exec.ddl;

import org.jspecify.annotations.NullMarked;
