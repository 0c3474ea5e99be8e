/**
 * Rows as bytes: the output modes of the shell.
 *
 * <pre>
 *   OutputSettings (mode, separators, header, null text, widths)
 *         │
 *         └► RowPrinter.of ──► one printer for each statement ──► ByteSink ──► terminal, file or pipe
 *
 *   SeparatedPrinter   list tabs ascii · csv · tcl · quote      each row as it comes
 *   own shape          insert · json · html · line              each row as it comes
 *   ColumnarPrinter    box column markdown table                all rows first, for their widths
 *   PrettyPrinter      pretty                                   the same, widths as a terminal counts
 * </pre>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>O1: apart from {@code pretty}, every mode gives the bytes that sqlite3 3.40 gives for the same
 *       values and settings; the matrix test compares. docs/shell.md lists what is meant to differ.
 *   <li>O2: text values are never decoded on the way, so what is not UTF-8 comes out as stored.
 *   <li>O3: a result without rows puts out nothing, not even a header.
 * </ol>
 *
 * <p>Start at {@link dev.turso.cli.output.RowPrinter}.
 */
@NullMarked
package dev.turso.cli.output;

import org.jspecify.annotations.NullMarked;
