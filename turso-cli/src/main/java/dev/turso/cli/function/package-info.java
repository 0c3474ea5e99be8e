/**
 * Functions and collations that the shell adds to SQL, as sqlite3's does: files ({@code readfile},
 * {@code writefile}, {@code edit}), hashes ({@code sha3}), decimal numbers, parts of REALs, and the
 * collations {@code decimal} and {@code uint}.
 *
 * <p>They belong to the shell's own session: no server and no application has them, and a view or
 * trigger cannot call those that touch files. With {@code -safe} these are refused before a
 * statement that names one is run.
 *
 * <p>Start at {@link dev.turso.cli.function.ShellFunctions}.
 */
@NullMarked
package dev.turso.cli.function;

import org.jspecify.annotations.NullMarked;
