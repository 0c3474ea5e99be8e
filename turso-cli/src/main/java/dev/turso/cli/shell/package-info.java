/**
 * The shell without its terminal: state, input, statements and their errors.
 *
 * <pre>
 *   lines ─► InputReader ─┬─ ".…" ─► DotCommands
 *                         └─ complete statement ─► StatementRunner ─► RowPrinter ─► Shell.out()
 *                                                       └► SqlFailure ─► Shell.err()
 * </pre>
 *
 * <p>A pipe, a file given to {@code .read} and a person at a terminal differ only in where lines come
 * from ({@link dev.turso.cli.shell.InputReader.Lines}).
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>S1: exit status, order of output and wording of errors are sqlite3 3.40's, so that a script that
 *       was written for it goes on to work.
 *   <li>S2: the database is opened by the first statement or command that needs it, not before.
 *   <li>S3: an interrupt ends the statement that runs, never the program.
 * </ol>
 *
 * <p>Start at {@link dev.turso.cli.shell.InputReader}.
 */
@NullMarked
package dev.turso.cli.shell;

import org.jspecify.annotations.NullMarked;
