/**
 * Running a statement: a tree of operators over a frame of registers and rows.
 *
 * <p>{@link dev.turso.exec.expression} computes values, {@link dev.turso.exec.operator} produces
 * rows, {@code dev.turso.exec.write} changes tables. This package holds what they share with the
 * session that starts them.
 */
@NullMarked
package dev.turso.exec;

import org.jspecify.annotations.NullMarked;
