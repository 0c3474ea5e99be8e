/**
 * Relations that no B-tree holds: table-valued functions, computed from arguments, and virtual tables,
 * which a module answers for.
 *
 * <p>A {@link dev.turso.vtab.TableFunction} says its name and columns to the binder, what it can be told
 * of a WHERE clause to the planner, and opens a {@link dev.turso.vtab.RowCursor} for the executor. The
 * built-in ones are here; a session adds those that answer from its own state, such as {@code
 * pragma_table_info} and {@code dbstat}. A {@link dev.turso.vtab.VirtualTableModule} makes one for each
 * table of CREATE VIRTUAL TABLE; a {@link dev.turso.vtab.WritableTable} takes writes, too.
 *
 * <p>A {@link dev.turso.vtab.SqlLibrary} is how an application brings its own, and functions.
 */
@NullMarked
package dev.turso.vtab;

import org.jspecify.annotations.NullMarked;
