/**
 * Table-valued functions: relations computed from arguments instead of read from a B-tree.
 *
 * <p>A {@link dev.turso.vtab.TableFunction} says its name and columns to the binder and opens a {@link
 * dev.turso.vtab.RowCursor} for the executor. The built-in ones are here; a session adds those that
 * answer from its own state, such as {@code pragma_table_info}.
 */
@NullMarked
package dev.turso.vtab;

import org.jspecify.annotations.NullMarked;
