/**
 * What a database holds, as one immutable value per version of its schema.
 *
 * <p>A {@link dev.turso.schema.Catalog} is what one connection can name: its main database, its
 * temporary one and whatever it attached, each a {@link dev.turso.schema.DatabaseSchema} read from
 * one {@code sqlite_schema} at one value of the schema cookie. A schema holds tables, indexes,
 * views and triggers, with the parsed trees of their expressions; nothing here is bound, and nothing
 * here can reach a page.
 *
 * <pre>
 *   Catalog ── main ───── DatabaseSchema ── Table ── Column, Check, ForeignKey
 *           ── temp                      │        └─ Index ── IndexPart
 *           ── attached…                 ├─ View
 *                                        └─ Trigger
 * </pre>
 *
 * <p>Words: a <em>stored position</em> is the place of a column in the record of its table's B-tree;
 * it differs from the column's number where virtual columns are left out and in WITHOUT ROWID tables,
 * whose records begin with their key. The <em>table id</em> is the rowid of its row in {@code
 * sqlite_schema}: it outlives a change of the root page.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>S1: everything here is immutable once its {@link dev.turso.schema.DatabaseSchema} is built,
 *       and safe for any thread.
 *   <li>S2: names are looked up with ASCII letters folded and nothing else ({@link
 *       dev.turso.schema.Names}).
 *   <li>S3: {@code table.storageOrder()} is the only place that knows the order of a record.
 * </ol>
 *
 * <p>Start at {@link dev.turso.schema.Table}, then {@link dev.turso.schema.SchemaReader}, which makes
 * a schema of the rows of {@code sqlite_schema}.
 */
@NullMarked
package dev.turso.schema;

import org.jspecify.annotations.NullMarked;
